-- requires: 0004
-- Updates that change no column of an index write no entry to any: `updated` is in the indexes of the versions that were changed
-- since they were created alone, in a table of their own, as all others are in the order of their creation.
CREATE TABLE "artifact_change" (
	"artifact_id" uuid PRIMARY KEY NOT NULL,
	"updated" timestamptz NOT NULL,
	"created" timestamptz NOT NULL
);
--> statement-breakpoint
-- First, in the order in which writers lock the tables.
DROP INDEX "artifact_collection_updated";--> statement-breakpoint
DROP INDEX "artifact_updated";--> statement-breakpoint
DROP INDEX "artifact_changed";
--> statement-breakpoint
CREATE FUNCTION artifact_change_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.updated = NEW.created THEN
    DELETE FROM artifact_change n WHERE n.artifact_id = NEW.id;
  ELSE
    INSERT INTO artifact_change AS n VALUES (NEW.id, NEW.updated, NEW.created)
      ON CONFLICT (artifact_id) DO UPDATE SET updated = excluded.updated, created = excluded.created;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_change_inserted AFTER INSERT ON artifact
  FOR EACH ROW WHEN (NEW.updated <> NEW.created) EXECUTE FUNCTION artifact_change_written();
--> statement-breakpoint
CREATE TRIGGER artifact_change_updated AFTER UPDATE OF created, updated ON artifact
  FOR EACH ROW EXECUTE FUNCTION artifact_change_written();
--> statement-breakpoint
INSERT INTO artifact_change
  SELECT a.id, a.updated, a.created FROM artifact a WHERE a.updated <> a.created
  UNION ALL SELECT t.id, t.updated, t.created FROM artifact_trash t WHERE t.updated <> t.created;
--> statement-breakpoint
CREATE INDEX "artifact_change_updated" ON "artifact_change" USING btree ("updated","artifact_id");
--> statement-breakpoint
-- The same as in 0029, with the order of those that were changed.
CREATE OR REPLACE FUNCTION artifact_data_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE replaced uuid[];
BEGIN
  DELETE FROM artifact_preview p USING deleted d WHERE p.artifact_id = d.artifact_id;
  DELETE FROM artifact_preview_pending p USING deleted d WHERE p.artifact_id = d.artifact_id;
  DELETE FROM artifact_file f USING deleted d WHERE f.artifact_id = d.artifact_id;
  DELETE FROM artifact_change n USING deleted d WHERE n.artifact_id = d.artifact_id;
  WITH revisions AS (DELETE FROM artifact_revision r USING deleted d WHERE r.artifact_id = d.artifact_id RETURNING r.data_id)
    SELECT array_agg(r.data_id) FILTER (WHERE r.data_id IS NOT NULL) INTO replaced FROM revisions r;
  -- Only then, as this trigger also runs for a statement that deletes nothing.
  IF replaced IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(replaced); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The same as in 0035, with the versions that were changed, whose trigger a restore disables, too.
CREATE OR REPLACE FUNCTION search_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO collection_key SELECT c.key FROM artifact_collection c ON CONFLICT DO NOTHING;
  INSERT INTO artifact_change
    SELECT a.id, a.updated, a.created FROM artifact a WHERE a.updated <> a.created
    UNION ALL SELECT t.id, t.updated, t.created FROM artifact_trash t WHERE t.updated <> t.created
    ON CONFLICT DO NOTHING;
  INSERT INTO search_pending (artifact_id, key)
    SELECT a.id, c.key FROM artifact a LEFT JOIN artifact_collection c ON c.key = a.key AND c.latest_id = a.id ORDER BY a.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
ANALYZE artifact_change;
