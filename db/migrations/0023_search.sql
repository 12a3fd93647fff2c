-- requires: 0004
-- What search finds versions and keys by: two tables that a job of the server fills from the others. Triggers note what is to
-- be made again, so that what other programs write is found, too. Words are a vector without positions, made of a text that
-- the server normalizes: phrases are looked for in that text, and no dictionary or collation decides what is found.
CREATE TABLE "search_latest" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"artifact_id" uuid NOT NULL,
	"words" text NOT NULL,
	"names" text,
	"partial" boolean NOT NULL,
	"key_words" text NOT NULL,
	"key_names" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_pending" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_pending_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"artifact_id" uuid,
	"key" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "search_version" (
	"artifact_id" uuid PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"names" text,
	"partial" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_latest_artifact" ON "search_latest" USING btree ("artifact_id");--> statement-breakpoint
CREATE INDEX "search_latest_words" ON "search_latest" USING gin (array_to_tsvector(string_to_array(translate("words", chr(10), ' '), ' ')));--> statement-breakpoint
CREATE INDEX "search_latest_names" ON "search_latest" USING gin ("names" gin_trgm_ops) WHERE "search_latest"."names" is not null;--> statement-breakpoint
CREATE INDEX "search_latest_key_words" ON "search_latest" USING gin (array_to_tsvector(string_to_array(translate("key_words", chr(10), ' '), ' ')));--> statement-breakpoint
CREATE INDEX "search_latest_key_names" ON "search_latest" USING gin ("key_names" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "search_version_words" ON "search_version" USING gin (array_to_tsvector(string_to_array(translate("words", chr(10), ' '), ' ')));--> statement-breakpoint
CREATE INDEX "search_version_names" ON "search_version" USING gin ("names" gin_trgm_ops) WHERE "search_version"."names" is not null;
--> statement-breakpoint
-- Compresses rows from here on, not from 2 kB on.
ALTER TABLE search_version SET (toast_tuple_target = 512, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE search_latest SET (toast_tuple_target = 512, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
-- A queue, where dead rows are in the way.
ALTER TABLE search_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
CREATE FUNCTION search_artifacts_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (artifact_id, key) SELECT d.id, d.key FROM deleted d;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_artifacts_deleted AFTER DELETE ON artifact
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION search_artifacts_deleted();
--> statement-breakpoint
CREATE FUNCTION search_artifact_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (artifact_id, key) VALUES (NEW.id, NEW.key);
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Before, and for each row: an insert of one row, as most are, then takes 10 µs longer, not 60.
CREATE TRIGGER search_artifact_inserted BEFORE INSERT ON artifact
  FOR EACH ROW EXECUTE FUNCTION search_artifact_written();
--> statement-breakpoint
-- Data changes with `updated`. A rename is noted once, with its collection.
CREATE TRIGGER search_artifact_updated AFTER UPDATE OF description, metadata, updated ON artifact
  FOR EACH ROW EXECUTE FUNCTION search_artifact_written();
--> statement-breakpoint
CREATE FUNCTION search_key_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO search_pending (key) VALUES (OLD.key); END IF;
  IF TG_OP <> 'DELETE' THEN INSERT INTO search_pending (key) VALUES (NEW.key); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_collection_renamed AFTER UPDATE OF key ON artifact_collection
  FOR EACH ROW EXECUTE FUNCTION search_key_changed();
--> statement-breakpoint
CREATE TRIGGER search_about_changed AFTER INSERT OR UPDATE OR DELETE ON collection_about
  FOR EACH ROW EXECUTE FUNCTION search_key_changed();
--> statement-breakpoint
-- The newest are read first.
INSERT INTO search_pending (artifact_id, key)
  SELECT a.id, c.key FROM artifact a LEFT JOIN artifact_collection c ON c.key = a.key AND c.latest_id = a.id ORDER BY a.id;
--> statement-breakpoint
ANALYZE search_pending;
