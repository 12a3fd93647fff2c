-- requires: 0004
-- Data above the inline limit may be a blob: `artifact_data.data` is null then. Programs of 0033 and earlier would read nothing, so that
-- none is written before `blob_store.data_since` is set, from when on no such program starts: see server/models/data-switch.ts.
ALTER TABLE "artifact_data" ALTER COLUMN "data" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "artifact_data" ADD COLUMN "blob_sha256" bytea;--> statement-breakpoint
ALTER TABLE "blob_store" ADD COLUMN "data_since" timestamptz;--> statement-breakpoint
-- All rows of earlier programs are valid: what has no column yet need not be read.
ALTER TABLE "artifact_data" ADD CONSTRAINT "artifact_data_blob_sha256_blob_sha256_fk" FOREIGN KEY ("blob_sha256") REFERENCES "blob"("sha256") NOT VALID;--> statement-breakpoint
ALTER TABLE "artifact_data" ADD CONSTRAINT "artifact_data_is_in_one_place" CHECK (("artifact_data"."data" is null) <> ("artifact_data"."blob_sha256" is null)) NOT VALID;--> statement-breakpoint
CREATE INDEX "artifact_data_blob" ON "artifact_data" USING btree ("blob_sha256") WHERE "artifact_data"."blob_sha256" is not null;
--> statement-breakpoint
-- The same as in 0031, of which `changes` may have `data_blob`, the hash of a locked blob, in place of the data. Equal texts are equal
-- wherever they are.
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
    IF revised THEN
      INSERT INTO artifact_revision AS r (artifact_id, revision, time, actor_id, service, reason, changed, description,
          metadata, tags, size, rows, number, data_id)
        VALUES (which, (SELECT coalesce(max(o.revision), 0) + 1 FROM artifact_revision o WHERE o.artifact_id = which),
          current.updated, current.updated_by, author->>'service', author->>'reason', changed_fields,
          old_fields.description, old_fields.metadata, old_fields.tags, old_fields.size, old_fields.rows,
          old_fields.number, old_data)
        RETURNING r.revision INTO new_revision;
      after := after || jsonb_build_object('revision', new_revision);
    END IF;
    IF octet_length(before::text) > 4096 THEN before := event_fields(before); END IF;
    IF octet_length(after::text) > 4096 THEN after := event_fields(after); END IF;
  END IF;
  WITH written AS (
      UPDATE artifact a SET description = current.description, metadata = current.metadata, tags = current.tags,
        size = current.size, rows = current.rows, number = current.number, sha256 = current.sha256,
        updated_by = current.updated_by, updated = current.updated WHERE a.id = which),
    latest_of_key AS (
      UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
        number = current.number WHERE c.key = current.key AND c.latest_id = which),
    noted AS (INSERT INTO search_pending (artifact_id, key) VALUES (which, current.key))
    INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, before, after)
      VALUES (current.updated_by, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
        author->>'reason', CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END, current.key,
        which, current.version, before, after);
  IF new_revision > keep_revisions THEN
    WITH oldest AS (DELETE FROM artifact_revision r
        WHERE r.artifact_id = which AND r.revision <= new_revision - keep_revisions RETURNING r.data_id)
      SELECT array_agg(o.data_id) FILTER (WHERE o.data_id IS NOT NULL) INTO pruned FROM oldest o;
    IF pruned IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(pruned); END IF;
  END IF;
  RETURN NEXT;
END $$;
