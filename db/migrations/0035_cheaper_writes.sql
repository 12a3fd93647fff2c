-- requires: 0004
-- Updates and deletions with fewer entries of indexes and fewer statements: half of what an update costs are the indexes of the
-- version and of its key. Events are found by what their callers claim, also those that versions stand for.
CREATE TABLE "collection_key" (
	"key" text collate "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE FUNCTION collection_key_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN DELETE FROM collection_key k WHERE k.key = OLD.key; END IF;
  IF TG_OP <> 'DELETE' THEN INSERT INTO collection_key VALUES (NEW.key) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A create under a key that exists is an update, of other columns.
CREATE TRIGGER collection_key_written AFTER INSERT OR DELETE OR UPDATE OF key ON artifact_collection
  FOR EACH ROW EXECUTE FUNCTION collection_key_written();
--> statement-breakpoint
-- After the trigger, whose lock keeps others from adding keys meanwhile.
INSERT INTO collection_key SELECT c.key FROM artifact_collection c;
--> statement-breakpoint
-- The same as in 0030, with the keys: a restore disables their trigger, too.
CREATE OR REPLACE FUNCTION search_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO collection_key SELECT c.key FROM artifact_collection c ON CONFLICT DO NOTHING;
  INSERT INTO search_pending (artifact_id, key)
    SELECT a.id, c.key FROM artifact a LEFT JOIN artifact_collection c ON c.key = a.key AND c.latest_id = a.id ORDER BY a.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP INDEX "artifact_collection_key_words";--> statement-breakpoint
DROP INDEX "artifact_flow_run";--> statement-breakpoint
DROP INDEX "artifact_task_run";--> statement-breakpoint
DROP INDEX "artifact_metadata";--> statement-breakpoint
DROP INDEX "artifact_collection_flow_run";--> statement-breakpoint
DROP INDEX "artifact_collection_task_run";--> statement-breakpoint
CREATE INDEX "collection_key_parts" ON "collection_key" USING gin ("key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "artifact_created_service" ON "artifact" USING btree ("created_service","id") WHERE "artifact"."created_service" is not null;--> statement-breakpoint
CREATE INDEX "artifact_created_run" ON "artifact" USING btree ("created_run","id") WHERE "artifact"."created_run" is not null;--> statement-breakpoint
CREATE INDEX "artifact_created_request" ON "artifact" USING btree ("created_request") WHERE "artifact"."created_request" is not null;--> statement-breakpoint
CREATE INDEX "event_service" ON "event" USING btree ("service","id") WHERE "event"."service" is not null;--> statement-breakpoint
CREATE INDEX "event_flow_run" ON "event" USING btree ("flow_run_id","id") WHERE "event"."flow_run_id" is not null;--> statement-breakpoint
CREATE INDEX "event_request" ON "event" USING btree ("request_id") WHERE "event"."request_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_flow_run" ON "artifact" USING btree ("flow_run_id") WHERE "artifact"."flow_run_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_task_run" ON "artifact" USING btree ("task_run_id") WHERE "artifact"."task_run_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_metadata" ON "artifact" USING gin ("metadata") WHERE "artifact"."metadata" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_flow_run" ON "artifact_collection" USING btree ("flow_run_id") WHERE "artifact_collection"."flow_run_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_task_run" ON "artifact_collection" USING btree ("task_run_id") WHERE "artifact_collection"."task_run_id" is not null;
--> statement-breakpoint
ANALYZE collection_key;
--> statement-breakpoint
-- The same as in 0034, where the statement that writes has the revision, if there is one, and search is not told of an update
-- that changed nothing.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb,
  keep_revisions int) RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  locked_key text; old_fields artifact; before jsonb; after jsonb; changed_fields text[];
  latest artifact_revision; revised boolean; new_revision int; old_data uuid; pruned uuid[];
  new_blob bytea := decode(changes->>'data_blob', 'hex'); has_data boolean := new_data IS NOT NULL OR new_blob IS NOT NULL;
BEGIN
  -- The lock of the version, after that of its key, reads the row as it is then.
  SELECT a.* INTO current FROM artifact a JOIN artifact_collection c ON c.key = a.key WHERE a.id = which
    FOR UPDATE OF c FOR NO KEY UPDATE OF a;
  IF NOT FOUND THEN
    LOOP
      -- The lock of a key that was renamed meanwhile finds no row.
      SELECT c.key INTO locked_key FROM artifact a JOIN artifact_collection c ON c.key = a.key WHERE a.id = which
        FOR UPDATE OF c;
      IF NOT FOUND THEN PERFORM artifact_lock_keyless(ARRAY[which]); END IF;
      SELECT * INTO current FROM artifact a WHERE a.id = which;
      IF NOT FOUND THEN RETURN; END IF;
      EXIT WHEN current.key IS NOT DISTINCT FROM locked_key;
      EXIT WHEN NOT EXISTS (SELECT FROM artifact_collection c WHERE c.key = current.key);
    END LOOP;
  END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  IF has_data THEN PERFORM label_expect_unprotected(ARRAY[which], author); END IF;
  old_fields := current;
  current := jsonb_populate_record(current, changes);
  IF has_data AND NOT changes ? 'sha256' THEN current.sha256 := NULL; END IF;
  current.updated_by := (author->>'actor_id')::uuid;
  current.updated := greatest(clock_timestamp(), old_fields.updated + interval '1 microsecond');
  before := '{}';
  after := CASE WHEN changes ? 'revert_to' THEN jsonb_build_object('revertedTo', changes->'revert_to') ELSE '{}' END;
  IF has_data OR old_fields.description IS DISTINCT FROM current.description
      OR old_fields.metadata IS DISTINCT FROM current.metadata OR old_fields.tags IS DISTINCT FROM current.tags THEN
    changed_fields := '{}';
    IF old_fields.description IS DISTINCT FROM current.description THEN
      changed_fields := '{description}';
      before := jsonb_build_object('description', old_fields.description);
      after := after || jsonb_build_object('description', current.description);
    END IF;
    IF old_fields.metadata IS DISTINCT FROM current.metadata THEN
      changed_fields := changed_fields || 'metadata'::text;
      before := before || jsonb_build_object('metadata', old_fields.metadata);
      after := after || jsonb_build_object('metadata', current.metadata);
    END IF;
    IF old_fields.tags IS DISTINCT FROM current.tags THEN
      changed_fields := changed_fields || 'tags'::text;
      before := before || jsonb_build_object('tags', coalesce(old_fields.tags, '{}'));
      after := after || jsonb_build_object('tags', coalesce(current.tags, '{}'));
    END IF;
    IF has_data THEN
      IF old_fields.size <> current.size OR NOT EXISTS (
          SELECT FROM artifact_data d WHERE d.artifact_id = which AND CASE
            WHEN d.blob_sha256 IS NULL AND new_blob IS NULL THEN d.data::text = new_data::text
            ELSE coalesce(d.blob_sha256, sha256(convert_to(d.data::text, 'UTF8')))
              = coalesce(new_blob, sha256(convert_to(new_data::text, 'UTF8'))) END) THEN
        changed_fields := changed_fields || 'data'::text;
        before := before || jsonb_build_object('size', old_fields.size, 'rows', old_fields.rows, 'number', old_fields.number);
        after := after || jsonb_build_object('size', current.size, 'rows', current.rows, 'number', current.number);
      END IF;
      -- Of the progress within a minute only the first value that was replaced is kept.
      IF current.type = 'progress' AND changed_fields = '{data}' AND NOT changes ? 'revert_to' THEN
        SELECT * INTO latest FROM artifact_revision r WHERE r.artifact_id = which ORDER BY r.revision DESC LIMIT 1;
      END IF;
      revised := changed_fields <> '{}' AND keep_revisions > 0 AND NOT coalesce(latest.changed = '{data}'
        AND date_trunc('minute', latest.time) = date_trunc('minute', current.updated), false);
      IF 'data' = ANY(changed_fields) THEN
        IF revised THEN
          old_data := id_at(clock_timestamp(), gen_random_uuid());
          UPDATE artifact_data d SET artifact_id = old_data WHERE d.artifact_id = which;
          INSERT INTO artifact_data (artifact_id, data, blob_sha256, previewed) VALUES (which, new_data, new_blob, true);
        ELSE
          UPDATE artifact_data d SET data = new_data, blob_sha256 = new_blob WHERE d.artifact_id = which;
        END IF;
      END IF;
      IF jsonb_typeof(changes->'preview') = 'object' THEN
        INSERT INTO artifact_preview AS p (artifact_id, preview) VALUES (which, (changes->'preview')::json)
          ON CONFLICT (artifact_id) DO UPDATE SET preview = excluded.preview;
      ELSE
        DELETE FROM artifact_preview p WHERE p.artifact_id = which;
      END IF;
      IF NOT changes ? 'preview' THEN
        INSERT INTO artifact_preview_pending VALUES (which) ON CONFLICT DO NOTHING;
      END IF;
    ELSE
      revised := keep_revisions > 0;
    END IF;
    IF octet_length(before::text) > 4096 THEN before := event_fields(before); END IF;
  END IF;
  IF revised THEN
    WITH written AS (
        UPDATE artifact a SET description = current.description, metadata = current.metadata, tags = current.tags,
          size = current.size, rows = current.rows, number = current.number, sha256 = current.sha256,
          updated_by = current.updated_by, updated = current.updated WHERE a.id = which),
      latest_of_key AS (
        UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
          number = current.number WHERE c.key = current.key AND c.latest_id = which),
      noted AS (INSERT INTO search_pending (artifact_id, key) VALUES (which, current.key)),
      saved AS (
        INSERT INTO artifact_revision AS r (artifact_id, revision, time, actor_id, service, reason, changed, description,
            metadata, tags, size, rows, number, data_id)
          VALUES (which, (SELECT coalesce(max(o.revision), 0) + 1 FROM artifact_revision o WHERE o.artifact_id = which),
            current.updated, current.updated_by, author->>'service', author->>'reason', changed_fields,
            old_fields.description, old_fields.metadata, old_fields.tags, old_fields.size, old_fields.rows,
            old_fields.number, old_data)
          RETURNING r.revision)
      INSERT INTO event AS e
          (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, before, after)
        SELECT current.updated_by, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
          author->>'reason', CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END,
          current.key, which, current.version, before,
          CASE WHEN octet_length(after::text) > 4000 THEN event_fields(after || jsonb_build_object('revision', s.revision))
            ELSE after || jsonb_build_object('revision', s.revision) END
        FROM saved s RETURNING (e.after->>'revision')::int INTO new_revision;
  ELSE
    WITH written AS (
        UPDATE artifact a SET description = current.description, metadata = current.metadata, tags = current.tags,
          size = current.size, rows = current.rows, number = current.number, sha256 = current.sha256,
          updated_by = current.updated_by, updated = current.updated WHERE a.id = which),
      latest_of_key AS (
        UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
          number = current.number WHERE c.key = current.key AND c.latest_id = which)
      INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, before, after)
        VALUES (current.updated_by, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
          author->>'reason', CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END,
          current.key, which, current.version, before,
          CASE WHEN octet_length(after::text) > 4096 THEN event_fields(after) ELSE after END);
    IF changed_fields <> '{}' THEN INSERT INTO search_pending (artifact_id, key) VALUES (which, current.key); END IF;
  END IF;
  IF new_revision > keep_revisions THEN
    WITH oldest AS (DELETE FROM artifact_revision r
        WHERE r.artifact_id = which AND r.revision <= new_revision - keep_revisions RETURNING r.data_id)
      SELECT array_agg(o.data_id) FILTER (WHERE o.data_id IS NOT NULL) INTO pruned FROM oldest o;
    IF pruned IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(pruned); END IF;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- The same as in 0031, with artifact_refresh_collections in the statement that returns: a migration that adds a column to both
-- tables calls it again.
CREATE OR REPLACE FUNCTION artifact_define_remove() RETURNS void LANGUAGE plpgsql AS $define$
DECLARE names text[];
BEGIN
  SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) INTO names FROM pg_attribute a
    JOIN pg_attribute t ON t.attname = a.attname AND t.attrelid = 'artifact_trash'::regclass AND NOT t.attisdropped
    WHERE a.attrelid = 'artifact'::regclass AND a.attnum > 0 AND NOT a.attisdropped;
  EXECUTE replace(replace($definition$
CREATE OR REPLACE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid, author jsonb, forced text[])
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
DECLARE ids uuid[]; keys text[]; versions bigint[]; removal_time timestamptz; by_actor uuid; lost jsonb;
BEGIN
  IF of_keys IS NOT NULL THEN
    -- A key that another one is renamed to meanwhile is not locked.
    SELECT array_agg(locked.key) INTO keys FROM (
      SELECT c.key FROM artifact_collection c WHERE c.key = ANY(of_keys) ORDER BY c.key FOR UPDATE) locked;
    SELECT array_agg(a.id) INTO ids FROM artifact a WHERE a.key = ANY(keys);
  ELSE
    LOOP
      -- Only what is found here is locked and may be removed, not what is restored meanwhile.
      SELECT array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a JOIN artifact_collection c ON c.key = a.key
        WHERE a.id = ANY(of_ids) ORDER BY c.key FOR UPDATE OF c) found;
      EXIT WHEN cardinality(ids) = cardinality(of_ids);
      -- An artifact without a key is its own lock.
      SELECT ids || array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a WHERE a.id = ANY(of_ids) AND a.key IS NULL ORDER BY a.id FOR UPDATE) found;
      -- The lock of a key that was renamed meanwhile finds no row.
      EXIT WHEN NOT EXISTS (SELECT FROM artifact a JOIN artifact_collection c ON c.key = a.key
        WHERE a.id = ANY(of_ids) AND a.id <> ALL(coalesce(ids, '{}')));
    END LOOP;
  END IF;
  IF EXISTS (SELECT FROM label l WHERE l.artifact_id = ANY(ids)) THEN
    PERFORM label_expect_forced(ids, forced, author);
    lost := label_lose(ids, author);
  END IF;
  removal_time := clock_timestamp();
  by_actor := (author->>'actor_id')::uuid;
  WITH deleted AS (DELETE FROM artifact a WHERE a.id = ANY(ids) RETURNING a.*),
    trashed AS (
      INSERT INTO artifact_trash AS t (:columns, removed, removal, removed_by)
      SELECT :values, removal_time, as_removal, by_actor FROM deleted d
      RETURNING t.id, t.key, t.version),
    noted AS (INSERT INTO search_pending (artifact_id, key) SELECT t.id, t.key FROM trashed t),
    -- As event_record_versions does for each version.
    logged AS (
      INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, after)
      SELECT by_actor, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
        author->>'reason', 'artifact.remove', t.key, t.id, t.version, jsonb_build_object('removal', as_removal)
      FROM trashed t WHERE of_keys IS NULL ORDER BY t.key, t.version)
  SELECT array_agg(t.id), array_agg(t.key), array_agg(t.version) INTO ids, keys, versions FROM trashed t;
  IF lost IS NOT NULL THEN
    UPDATE artifact_trash t SET labels = ARRAY(SELECT jsonb_array_elements_text(lost->(t.id::text)))
      WHERE t.id = ANY(ids) AND lost ? t.id::text;
  END IF;
  IF of_keys IS NOT NULL THEN
    PERFORM event_record_versions(author, 'artifact.remove', ids, keys, versions, true,
      jsonb_build_object('removal', as_removal));
  END IF;
  RETURN QUERY
    WITH refreshed AS (
      UPDATE artifact_collection c SET live = c.live - changed.versions,
          (latest_id, created, updated, type, flow_run_id, task_run_id, version, size, rows, number) =
            (SELECT a.id, a.created, a.updated, a.type, a.flow_run_id, a.task_run_id, a.version, a.size, a.rows, a.number
             FROM artifact a WHERE a.key = c.key ORDER BY a.version DESC LIMIT 1)
        FROM (SELECT k COLLATE "C" AS key, count(*) AS versions FROM unnest(keys) k WHERE k IS NOT NULL GROUP BY 1) changed
        WHERE c.key = changed.key RETURNING c.key, c.version)
    SELECT r.id, r.key, r.version, c.version FROM unnest(ids, keys, versions) AS r (id, key, version)
      LEFT JOIN refreshed c ON c.key = r.key;
END $function$;
$definition$, ':columns', array_to_string(names, ', ')), ':values', 'd.' || array_to_string(names, ', d.'));
END $define$;
--> statement-breakpoint
SELECT artifact_define_remove();
