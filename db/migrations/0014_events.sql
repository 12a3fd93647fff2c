-- requires: 0004
-- Every write records who wrote, and what, in its own statement. Programs of 0013 and earlier record changes and deletions
-- without an actor, and no creates.
CREATE TABLE "actor" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"created" timestamptz DEFAULT statement_timestamp() NOT NULL
);
--> statement-breakpoint
-- Their ids are made of kind and name, as in server/models/author.ts.
INSERT INTO "actor" (id, kind, name) VALUES ('12c21837-f01c-5dcc-b09e-080a138d046f', 'system', 'system'),
  ('1d324c26-751c-5d49-b2d4-2107287b4386', 'local', 'local');
--> statement-breakpoint
CREATE TABLE "event" (
	"id" uuid PRIMARY KEY DEFAULT id_at(clock_timestamp(), gen_random_uuid()) NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"time" timestamptz DEFAULT clock_timestamp() NOT NULL,
	"actor_id" uuid,
	"service" text,
	"flow_run_id" uuid,
	"verb" text NOT NULL,
	"key" text collate "C",
	"artifact_id" uuid,
	"version" bigint,
	"reason" text,
	"request_id" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE INDEX "event_xid" ON "event" USING btree ("xid","id");--> statement-breakpoint
CREATE INDEX "event_key" ON "event" USING btree ("key","id");--> statement-breakpoint
CREATE INDEX "event_artifact" ON "event" USING btree ("artifact_id","id");
--> statement-breakpoint
-- What an event keeps of changed fields: at most 4 KiB. `cut` names the fields that are shortened or left out.
CREATE FUNCTION event_fields(fields jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF fields IS NULL OR octet_length(fields::text) <= 4096 THEN RETURN fields; END IF;
  RETURN (
    SELECT coalesce(jsonb_object_agg(name, shown) FILTER (WHERE shown IS NOT NULL), '{}') ||
      jsonb_build_object('cut', jsonb_agg(name) FILTER (WHERE shown IS DISTINCT FROM value))
    FROM (SELECT name, value, CASE WHEN octet_length(value::text) <= 1000 THEN value
        WHEN jsonb_typeof(value) = 'string' THEN to_jsonb(left(value #>> '{}', 300) || '…') END AS shown
      FROM jsonb_each(fields) AS field (name, value)) shortened);
END $$;
--> statement-breakpoint
-- Records a write, inside its transaction. `author` has the columns of `event` that say who writes, and why: actor_id,
-- service, flow_run_id, request_id and reason; null for programs that do not say.
CREATE FUNCTION event_record(author jsonb, of_verb text, of_key text, of_artifact uuid, of_version bigint,
  old_fields jsonb, new_fields jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, before, after)
    VALUES ((author->>'actor_id')::uuid, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
      author->>'reason', of_verb, of_key, of_artifact, of_version, event_fields(old_fields), event_fields(new_fields));
END $$;
--> statement-breakpoint
-- Records a write of many versions, and returns nothing: one event for each version; or, where `by_key` is set, one for
-- each key, with the greatest of its versions and `versions`, how many there are. `fields` are in every event.
CREATE FUNCTION event_record_versions(author jsonb, of_verb text, ids uuid[], keys text[], versions bigint[], by_key boolean,
  fields jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, after)
    SELECT (author->>'actor_id')::uuid, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
      author->>'reason', of_verb, w.key, CASE WHEN count(*) = 1 THEN (array_agg(w.id))[1] END, max(w.version),
      CASE WHEN count(*) = 1 THEN fields ELSE coalesce(fields, '{}') || jsonb_build_object('versions', count(*)) END
    FROM unnest(ids, keys, versions) AS w (id, key, version)
    GROUP BY w.key, CASE WHEN w.key IS NULL OR NOT by_key THEN w.id END
    ORDER BY w.key, max(w.version);
END $$;
--> statement-breakpoint
-- The same as in 0005, with an event for each version or, for keys, one for each.
CREATE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid, author jsonb)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[]; removal artifact_trash;
BEGIN
  IF of_keys IS NOT NULL THEN
    PERFORM artifact_lock_keys(of_keys);
    SELECT array_agg(a.id) INTO ids FROM artifact a WHERE a.key = ANY(of_keys);
  ELSE
    -- Only what is found here is locked and may be removed, not what is restored meanwhile.
    SELECT array_agg(found.id) INTO ids FROM (
      SELECT a.id FROM artifact a JOIN artifact_collection c ON c.key = a.key
      WHERE a.id = ANY(of_ids) ORDER BY c.key FOR UPDATE OF c) found;
    IF coalesce(cardinality(ids), 0) < cardinality(of_ids) THEN
      -- An artifact without a key is its own lock.
      SELECT ids || array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a WHERE a.id = ANY(of_ids) AND a.key IS NULL ORDER BY a.id FOR UPDATE) found;
    END IF;
  END IF;
  removal.removed := clock_timestamp();
  removal.removal := as_removal;
  removal.removed_by := (author->>'actor_id')::uuid;
  WITH deleted AS (
      DELETE FROM artifact a WHERE a.id = ANY(ids) RETURNING json_populate_record(removal, row_to_json(a)) AS fields),
    trashed AS (INSERT INTO artifact_trash AS t SELECT (d.fields).* FROM deleted d RETURNING t.id, t.key, t.version)
  SELECT array_agg(t.id), array_agg(t.key), array_agg(t.version) INTO ids, keys, versions FROM trashed t;
  PERFORM event_record_versions(author, 'artifact.remove', ids, keys, versions, of_keys IS NOT NULL,
    jsonb_build_object('removal', as_removal));
  RETURN QUERY SELECT r.id, r.key, r.version, c.latest FROM unnest(ids, keys, versions) AS r (id, key, version)
    LEFT JOIN artifact_refresh_collections(keys, -1) c ON c.key = r.key;
END $$;
--> statement-breakpoint
-- For programs of 0013.
CREATE OR REPLACE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE sql AS $$
  SELECT * FROM artifact_remove(of_ids, of_keys, as_removal, NULL)
$$;
--> statement-breakpoint
-- The same as in 0005, with an event for each version, or for each key of a removal.
CREATE FUNCTION artifact_restore(which uuid[], of_removal uuid, author jsonb) RETURNS SETOF artifact LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[];
BEGIN
  SELECT array_agg(t.id), array_agg(t.key) INTO ids, keys
    FROM artifact_trash t WHERE t.id = ANY(which) OR t.removal = of_removal;
  PERFORM artifact_lock_keys(keys);
  PERFORM FROM artifact_trash t WHERE t.id = ANY(ids) ORDER BY t.id FOR UPDATE;
  WITH deleted AS (
      DELETE FROM artifact_trash t WHERE t.id = ANY(ids)
      RETURNING json_populate_record(NULL::artifact, row_to_json(t)) AS fields),
    restored AS (INSERT INTO artifact AS a SELECT (d.fields).* FROM deleted d RETURNING a.id, a.key, a.version)
  SELECT array_agg(r.id), array_agg(r.key), array_agg(r.version) INTO ids, keys, versions FROM restored r;
  PERFORM event_record_versions(author, 'artifact.restore', ids, keys, versions, of_removal IS NOT NULL, NULL);
  PERFORM artifact_refresh_collections(keys, 1);
  RETURN QUERY SELECT a.* FROM artifact a WHERE a.id = ANY(ids);
END $$;
--> statement-breakpoint
-- For programs of 0013.
CREATE OR REPLACE FUNCTION artifact_restore(which uuid[], of_removal uuid) RETURNS SETOF artifact LANGUAGE sql AS $$
  SELECT * FROM artifact_restore(which, of_removal, NULL)
$$;
--> statement-breakpoint
-- The same as in 0013, with an event that has the fields which changed.
CREATE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE artifact_key text; old_fields artifact; new_fields artifact; before jsonb := '{}'; after jsonb := '{}';
BEGIN
  SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[artifact_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  old_fields := current;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
    size = CASE WHEN changes ? 'size' THEN new_fields.size ELSE a.size END,
    rows = CASE WHEN changes ? 'rows' THEN new_fields.rows ELSE a.rows END,
    number = CASE WHEN changes ? 'number' THEN new_fields.number ELSE a.number END,
    updated_by = (author->>'actor_id')::uuid,
    updated = greatest(clock_timestamp(), a.updated + interval '1 microsecond')
    WHERE a.id = which RETURNING a.* INTO current;
  IF new_data IS NOT NULL THEN
    UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
    IF jsonb_typeof(changes->'preview') = 'object' THEN
      INSERT INTO artifact_preview AS p (artifact_id, preview) VALUES (which, (changes->'preview')::json)
        ON CONFLICT (artifact_id) DO UPDATE SET preview = excluded.preview;
    ELSE
      DELETE FROM artifact_preview p WHERE p.artifact_id = which;
    END IF;
    IF NOT changes ? 'preview' THEN
      INSERT INTO artifact_preview_pending VALUES (which) ON CONFLICT DO NOTHING;
    END IF;
    before := jsonb_build_object('size', old_fields.size, 'rows', old_fields.rows, 'number', old_fields.number);
    after := jsonb_build_object('size', current.size, 'rows', current.rows, 'number', current.number);
  END IF;
  IF old_fields.description IS DISTINCT FROM current.description THEN
    before := before || jsonb_build_object('description', old_fields.description);
    after := after || jsonb_build_object('description', current.description);
  END IF;
  IF old_fields.metadata IS DISTINCT FROM current.metadata THEN
    before := before || jsonb_build_object('metadata', old_fields.metadata);
    after := after || jsonb_build_object('metadata', current.metadata);
  END IF;
  UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
    number = current.number WHERE c.key = artifact_key AND c.latest_id = which;
  PERFORM event_record(author, 'artifact.update', artifact_key, which, current.version, before, after);
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- For programs of 0013.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE sql AS $$
  SELECT u.stale, u.current FROM artifact_update(which, if_updated, new_data, changes, NULL) u
$$;
