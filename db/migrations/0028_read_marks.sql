-- requires: 0004
-- What actors have seen. Programs of 0027 and earlier know none: marks of keys that they delete permanently are deleted by the
-- next sweep of this one.
CREATE TABLE "read_mark" (
	"actor_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "read_mark_actor_id_key_pk" PRIMARY KEY("actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "reader" (
	"actor_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX "read_mark_key" ON "read_mark" USING btree ("key");
--> statement-breakpoint
-- The same as in 0027, with the read marks of the key.
CREATE OR REPLACE FUNCTION collection_rename(old_key text, new_key text, author jsonb)
RETURNS TABLE (versions bigint, occupied boolean, deleted boolean) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE source artifact_collection; replaced artifact_collection;
BEGIN
  -- A row of its own locks the new key against creates, too.
  INSERT INTO artifact_collection AS c (key, id, last_version, last_created, live)
    SELECT k, gen_random_uuid(), 0, 'epoch', 0 FROM unnest(ARRAY[old_key, new_key]) k ORDER BY k COLLATE "C"
    ON CONFLICT (key) DO UPDATE SET last_version = c.last_version;
  SELECT * INTO source FROM artifact_collection c WHERE c.key = old_key;
  SELECT * INTO replaced FROM artifact_collection c WHERE c.key = new_key;
  versions := source.live;
  deleted := EXISTS (SELECT FROM artifact_trash t WHERE t.key = new_key);
  occupied := replaced.live > 0 OR deleted;
  IF versions = 0 OR occupied THEN
    DELETE FROM artifact_collection c WHERE c.key IN (old_key, new_key) AND c.last_version = 0;
    RETURN NEXT; RETURN;
  END IF;
  DELETE FROM artifact_collection c WHERE c.key = new_key;
  -- The numbers of permanently deleted versions of the new key are not used again either.
  UPDATE artifact_collection c SET key = new_key, last_version = greatest(c.last_version, replaced.last_version),
    last_created = greatest(c.last_created, replaced.last_created) WHERE c.key = old_key;
  PERFORM FROM artifact a WHERE a.key = old_key ORDER BY a.id FOR UPDATE;
  INSERT INTO event (id, xid, time, actor_id, service, flow_run_id, verb, key, artifact_id, version, reason, request_id, after)
    SELECT v.id, v.created_xid, v.created, v.created_by, v.created_service, coalesce(v.flow_run_id, v.created_run),
      'artifact.create', v.key, CASE WHEN v.created_versions IS NULL THEN v.id END, v.version, v.reason, v.created_request,
      CASE WHEN v.created_versions IS NOT NULL THEN jsonb_build_object('versions', v.created_versions) END
    FROM artifact v WHERE v.key = old_key AND v.created_xid IS NOT NULL
      AND NOT EXISTS (SELECT FROM event_watermark w WHERE v.id < w.id);
  UPDATE artifact a SET key = new_key, created_xid = NULL WHERE a.key = old_key;
  PERFORM FROM artifact_trash t WHERE t.key = old_key ORDER BY t.id FOR UPDATE;
  INSERT INTO event (id, xid, time, actor_id, service, flow_run_id, verb, key, artifact_id, version, reason, request_id, after)
    SELECT v.id, v.created_xid, v.created, v.created_by, v.created_service, coalesce(v.flow_run_id, v.created_run),
      'artifact.create', v.key, CASE WHEN v.created_versions IS NULL THEN v.id END, v.version, v.reason, v.created_request,
      CASE WHEN v.created_versions IS NOT NULL THEN jsonb_build_object('versions', v.created_versions) END
    FROM artifact_trash v WHERE v.key = old_key AND v.created_xid IS NOT NULL
      AND NOT EXISTS (SELECT FROM event_watermark w WHERE v.id < w.id);
  UPDATE artifact_trash t SET key = new_key, created_xid = NULL WHERE t.key = old_key;
  UPDATE label l SET key = new_key WHERE l.key = old_key;
  DELETE FROM collection_about b WHERE b.key = new_key;
  UPDATE collection_about b SET key = new_key WHERE b.key = old_key;
  DELETE FROM pin p WHERE p.key = new_key;
  UPDATE pin p SET key = new_key WHERE p.key = old_key;
  DELETE FROM read_mark m WHERE m.key = new_key;
  UPDATE read_mark m SET key = new_key WHERE m.key = old_key;
  DELETE FROM key_redirect r WHERE r.key = new_key;
  UPDATE key_redirect r SET target = new_key WHERE r.target = old_key;
  INSERT INTO key_redirect VALUES (old_key, new_key, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET target = excluded.target, renamed = excluded.renamed;
  PERFORM event_record(author, 'collection.rename', new_key, NULL, NULL, jsonb_build_object('key', old_key),
    jsonb_build_object('key', new_key, 'versions', versions));
  RETURN NEXT;
END $$;
