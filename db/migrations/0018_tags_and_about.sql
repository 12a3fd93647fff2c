-- requires: 0004
-- Facts of keys themselves, and tags of keys and of versions. Programs of 0017 and earlier know none: the tags of versions that
-- they delete and restore stay, and the facts of keys that they delete permanently are deleted by the next sweep of this one.
CREATE TABLE "collection_about" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"title" text,
	"description" text,
	"owner" text,
	"links" jsonb,
	"tags" text[],
	"updated" timestamptz NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
-- Sorted, and null for none: an index has no rows for versions without tags.
ALTER TABLE "artifact" ADD COLUMN "tags" text[];--> statement-breakpoint
ALTER TABLE "artifact_trash" ADD COLUMN "tags" text[];--> statement-breakpoint
ALTER TABLE "artifact_revision" ADD COLUMN "tags" text[];--> statement-breakpoint
CREATE INDEX "collection_about_tags" ON "collection_about" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "artifact_tags" ON "artifact" USING gin ("tags") WHERE "artifact"."tags" is not null;
--> statement-breakpoint
-- The same as in 0017, with the tags of the version.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb,
  keep_revisions int) RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  artifact_key text; old_fields artifact; new_fields artifact; before jsonb := '{}'; after jsonb := '{}';
  changed_fields text[] := '{}'; latest artifact_revision; old_data uuid; pruned uuid[];
BEGIN
  SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[artifact_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  IF new_data IS NOT NULL THEN PERFORM label_expect_unprotected(ARRAY[which], author); END IF;
  old_fields := current;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
    tags = CASE WHEN changes ? 'tags' THEN new_fields.tags ELSE a.tags END,
    size = CASE WHEN changes ? 'size' THEN new_fields.size ELSE a.size END,
    rows = CASE WHEN changes ? 'rows' THEN new_fields.rows ELSE a.rows END,
    number = CASE WHEN changes ? 'number' THEN new_fields.number ELSE a.number END,
    sha256 = CASE WHEN new_data IS NOT NULL THEN new_fields.sha256 ELSE a.sha256 END,
    updated_by = (author->>'actor_id')::uuid,
    updated = greatest(clock_timestamp(), a.updated + interval '1 microsecond')
    WHERE a.id = which RETURNING a.* INTO current;
  IF old_fields.description IS DISTINCT FROM current.description THEN
    changed_fields := changed_fields || 'description'::text;
    before := before || jsonb_build_object('description', old_fields.description);
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
  IF new_data IS NOT NULL AND (old_fields.size <> current.size OR NOT EXISTS (
      SELECT FROM artifact_data d WHERE d.artifact_id = which AND d.data::text = new_data::text)) THEN
    changed_fields := changed_fields || 'data'::text;
    before := before || jsonb_build_object('size', old_fields.size, 'rows', old_fields.rows, 'number', old_fields.number);
    after := after || jsonb_build_object('size', current.size, 'rows', current.rows, 'number', current.number);
  END IF;
  IF changed_fields <> '{}' AND keep_revisions > 0 THEN
    SELECT * INTO latest FROM artifact_revision r WHERE r.artifact_id = which ORDER BY r.revision DESC LIMIT 1;
    -- Of the progress within a minute only the first value that was replaced is kept.
    IF coalesce(current.type = 'progress' AND changed_fields = '{data}' AND latest.changed = '{data}' AND
        NOT changes ? 'revert_to' AND
        date_trunc('minute', latest.time) = date_trunc('minute', current.updated), false) THEN
      UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
    ELSE
      IF 'data' = ANY(changed_fields) THEN
        old_data := id_at(clock_timestamp(), gen_random_uuid());
        UPDATE artifact_data d SET artifact_id = old_data WHERE d.artifact_id = which;
        INSERT INTO artifact_data (artifact_id, data, previewed) VALUES (which, new_data, true);
      END IF;
      INSERT INTO artifact_revision (artifact_id, revision, time, actor_id, service, reason, changed, description, metadata,
          tags, size, rows, number, data_id)
        VALUES (which, coalesce(latest.revision, 0) + 1, current.updated, current.updated_by, author->>'service',
          author->>'reason', changed_fields, old_fields.description, old_fields.metadata,
          old_fields.tags, old_fields.size, old_fields.rows, old_fields.number, old_data);
      after := after || jsonb_build_object('revision', coalesce(latest.revision, 0) + 1);
      IF latest.revision >= keep_revisions THEN
        WITH oldest AS (DELETE FROM artifact_revision r
            WHERE r.artifact_id = which AND r.revision <= latest.revision + 1 - keep_revisions RETURNING r.data_id)
          SELECT array_agg(o.data_id) FILTER (WHERE o.data_id IS NOT NULL) INTO pruned FROM oldest o;
        IF pruned IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(pruned); END IF;
      END IF;
    END IF;
  ELSIF 'data' = ANY(changed_fields) THEN
    UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
  END IF;
  IF new_data IS NOT NULL THEN
    IF jsonb_typeof(changes->'preview') = 'object' THEN
      INSERT INTO artifact_preview AS p (artifact_id, preview) VALUES (which, (changes->'preview')::json)
        ON CONFLICT (artifact_id) DO UPDATE SET preview = excluded.preview;
    ELSE
      DELETE FROM artifact_preview p WHERE p.artifact_id = which;
    END IF;
    IF NOT changes ? 'preview' THEN
      INSERT INTO artifact_preview_pending VALUES (which) ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
    number = current.number WHERE c.key = artifact_key AND c.latest_id = which;
  IF changes ? 'revert_to' THEN after := after || jsonb_build_object('revertedTo', changes->'revert_to'); END IF;
  PERFORM event_record(author, CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END,
    artifact_key, which, current.version, before, after);
  RETURN NEXT;
END $$;
