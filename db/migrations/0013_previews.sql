-- requires: 0004
-- Lists show the beginning of data from a table of its own. Programs of 0012 and earlier, and restores, do not write it: a
-- trigger notes the versions that they insert, and `artifact_update` those whose data they change. A job of the server then
-- makes the previews, as of all versions that exist now.
CREATE TABLE "artifact_preview" (
	"artifact_id" uuid PRIMARY KEY NOT NULL,
	"preview" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artifact_preview_pending" (
	"artifact_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "artifact_data" ADD COLUMN "previewed" boolean;
--> statement-breakpoint
CREATE FUNCTION artifact_data_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO artifact_preview_pending VALUES (NEW.artifact_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_data_inserted AFTER INSERT ON artifact_data
  FOR EACH ROW WHEN (NEW.previewed IS NOT TRUE) EXECUTE FUNCTION artifact_data_inserted();
--> statement-breakpoint
CREATE FUNCTION artifact_data_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM artifact_preview p USING deleted d WHERE p.artifact_id = d.artifact_id;
  DELETE FROM artifact_preview_pending p USING deleted d WHERE p.artifact_id = d.artifact_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_data_deleted AFTER DELETE ON artifact_data
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION artifact_data_deleted();
--> statement-breakpoint
-- The same as in 0012, with the preview: `changes` has it where the data changes, unless a program of 0012 or earlier calls.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE artifact_key text; new_fields artifact;
BEGIN
  SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[artifact_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
    size = CASE WHEN changes ? 'size' THEN new_fields.size ELSE a.size END,
    rows = CASE WHEN changes ? 'rows' THEN new_fields.rows ELSE a.rows END,
    number = CASE WHEN changes ? 'number' THEN new_fields.number ELSE a.number END,
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
  END IF;
  UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
    number = current.number WHERE c.key = artifact_key AND c.latest_id = which;
  RETURN NEXT;
END $$;
--> statement-breakpoint
INSERT INTO artifact_preview_pending SELECT id FROM artifact UNION ALL SELECT id FROM artifact_trash;
--> statement-breakpoint
ANALYZE artifact_preview_pending;
