-- requires: 0004
-- Generated ids are made here, of PostgreSQL's clock, so that servers with different clocks agree on their order. Programs
-- of 0005 and earlier pass ids of their own.

-- A UUID of version 7: 48 bits of milliseconds and 12 bits of the microseconds within (RFC 9562, section 6.2, method 3);
-- the second half is that of `random`.
CREATE FUNCTION id_at(at timestamptz, random uuid) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT encode(overlay(uuid_send(random) PLACING int8send(
    ((date_part('epoch', at) * 1000000)::bigint / 1000 << 16) | 28672 |
    ((date_part('epoch', at) * 1000000)::bigint % 1000 * 4096 / 1000)) FROM 1 FOR 8), 'hex')::uuid
$$;
--> statement-breakpoint
-- A random UUID for `id_at`, whose second half rises with n (at most 16,383): for rows of one timestamp.
CREATE FUNCTION random_in_order(n int) RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(overlay(uuid_send(gen_random_uuid()) PLACING int2send((n - 32768)::int2) FROM 9 FOR 2), 'hex')::uuid
$$;
--> statement-breakpoint
-- Completes the claim of an idempotency key in the statement that creates the artifact. The key is claimed before the
-- artifact's id is known, which is made under the lock of its own key.
CREATE FUNCTION artifact_idempotency_complete(claimed text, created uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  UPDATE artifact_idempotency i SET artifact_id = created WHERE i.key = claimed
$$;
--> statement-breakpoint
ALTER TABLE "deployment" ALTER COLUMN "id" SET DEFAULT id_at(statement_timestamp(), gen_random_uuid());--> statement-breakpoint
ALTER TABLE "deployment" ALTER COLUMN "created" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "deployment" ALTER COLUMN "updated" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "flow" ALTER COLUMN "id" SET DEFAULT id_at(statement_timestamp(), gen_random_uuid());--> statement-breakpoint
ALTER TABLE "flow" ALTER COLUMN "created" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "flow" ALTER COLUMN "updated" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "flow_run" ALTER COLUMN "id" SET DEFAULT id_at(statement_timestamp(), gen_random_uuid());--> statement-breakpoint
ALTER TABLE "flow_run" ALTER COLUMN "created" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "flow_run" ALTER COLUMN "updated" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "task_run" ALTER COLUMN "id" SET DEFAULT id_at(statement_timestamp(), gen_random_uuid());--> statement-breakpoint
ALTER TABLE "task_run" ALTER COLUMN "created" SET DEFAULT statement_timestamp();--> statement-breakpoint
ALTER TABLE "task_run" ALTER COLUMN "updated" SET DEFAULT statement_timestamp();
