-- requires: 0004
-- Keys can be sorted by the number, size, rows, type and versions of their latest version, and trends read one index alone.
-- Programs of 0011 and earlier do not write the new columns of artifact_collection: triggers do it for them.
ALTER TABLE "artifact_collection" ADD COLUMN "version" bigint, ADD COLUMN "size" bigint, ADD COLUMN "rows" integer,
  ADD COLUMN "number" double precision;
--> statement-breakpoint
UPDATE artifact_collection c SET version = a.version, size = a.size, rows = a.rows, number = a.number
  FROM artifact a WHERE a.id = c.latest_id;
--> statement-breakpoint
-- The same as in 0005, with the new columns.
CREATE OR REPLACE FUNCTION artifact_refresh_collections(keys text[], change int)
RETURNS TABLE (key text, latest bigint) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY UPDATE artifact_collection c SET live = c.live + change * changed.versions,
      (latest_id, created, updated, type, flow_run_id, task_run_id, version, size, rows, number) =
        (SELECT a.id, a.created, a.updated, a.type, a.flow_run_id, a.task_run_id, a.version, a.size, a.rows, a.number
         FROM artifact a WHERE a.key = c.key ORDER BY a.version DESC LIMIT 1)
    FROM (SELECT k COLLATE "C" AS key, count(*) AS versions FROM unnest(keys) k WHERE k IS NOT NULL GROUP BY 1) changed
    WHERE c.key = changed.key
    RETURNING c.key, c.version;
END $$;
--> statement-breakpoint
-- The same as in 0005, with the new columns.
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
  IF new_data IS NOT NULL THEN UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which; END IF;
  UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
    number = current.number WHERE c.key = artifact_key AND c.latest_id = which;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- For programs of 0011 and earlier. They insert the latest version of a key in the statement that names it, so it is read
-- after that statement. A row with another latest version but the same number was written by such a program.
CREATE FUNCTION artifact_collection_copy_latest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE artifact_collection c SET (version, size, rows, number) =
      (SELECT a.version, a.size, a.rows, a.number FROM artifact a WHERE a.id = c.latest_id)
    WHERE c.key = NEW.key;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_collection_copy_first AFTER INSERT ON artifact_collection
  FOR EACH ROW WHEN (NEW.latest_id IS NOT NULL AND NEW.version IS NULL)
  EXECUTE FUNCTION artifact_collection_copy_latest();
--> statement-breakpoint
CREATE TRIGGER artifact_collection_copy_next AFTER UPDATE OF latest_id ON artifact_collection
  FOR EACH ROW WHEN (NEW.latest_id IS DISTINCT FROM OLD.latest_id AND NEW.version IS NOT DISTINCT FROM OLD.version)
  EXECUTE FUNCTION artifact_collection_copy_latest();
--> statement-breakpoint
ALTER TABLE "artifact" DROP CONSTRAINT "artifact_key_version",
  ADD CONSTRAINT "artifact_key_version" UNIQUE ("key","version") INCLUDE ("number","rows","size");
--> statement-breakpoint
CREATE INDEX "artifact_size" ON "artifact" USING btree ("size","id");--> statement-breakpoint
CREATE INDEX "artifact_collection_type" ON "artifact_collection" USING btree ("type","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_size" ON "artifact_collection" USING btree ("size","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_version" ON "artifact_collection" USING btree ("version","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_live_versions" ON "artifact_collection" USING btree ("live","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_number" ON "artifact_collection" USING btree ("number","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_rows" ON "artifact_collection" USING btree ("rows","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
ANALYZE artifact, artifact_collection;
