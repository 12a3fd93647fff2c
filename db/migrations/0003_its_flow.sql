-- requires: 0003
ALTER TABLE "artifact" ADD COLUMN "flow_id" uuid;--> statement-breakpoint
ALTER TABLE "artifact_collection" ADD COLUMN "flow_id" uuid;--> statement-breakpoint
CREATE INDEX "artifact_flow_created" ON "artifact" USING btree ("flow_id","created","id") WHERE "artifact"."flow_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_flow_created" ON "artifact_collection" USING btree ("flow_id","created","latest_id") WHERE "artifact_collection"."flow_id" is not null;--> statement-breakpoint
-- The flow of the run that a row names. It outlives the run: whether that is still there is asked for by itself.
CREATE FUNCTION artifact_its_flow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.flow_id := (SELECT r.flow_id FROM flow_run r WHERE r.id = NEW.flow_run_id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_its_flow BEFORE INSERT ON artifact
  FOR EACH ROW WHEN (NEW.flow_run_id IS NOT NULL) EXECUTE FUNCTION artifact_its_flow();
--> statement-breakpoint
CREATE TRIGGER artifact_collection_its_flow BEFORE INSERT ON artifact_collection
  FOR EACH ROW WHEN (NEW.flow_run_id IS NOT NULL) EXECUTE FUNCTION artifact_its_flow();
--> statement-breakpoint
CREATE TRIGGER artifact_collection_flow_moves BEFORE UPDATE OF flow_run_id ON artifact_collection
  FOR EACH ROW WHEN (NEW.flow_run_id IS DISTINCT FROM OLD.flow_run_id) EXECUTE FUNCTION artifact_its_flow();
--> statement-breakpoint
-- Runs that come later than what they made, as an import brings them. Who brings runs under ids that others may know
-- already locks `artifact` first (SHARE ROW EXCLUSIVE), so that no artifact is made of such a run meanwhile.
CREATE FUNCTION artifact_late_runs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made uuid[]; keys text[];
BEGIN
  SELECT array_agg(a.id), array_agg(a.key) INTO made, keys FROM came JOIN artifact a ON a.flow_run_id = came.id;
  IF made IS NULL THEN RETURN NULL; END IF;
  PERFORM artifact_lock_keys(keys);
  UPDATE artifact_collection c SET flow_id = came.flow_id FROM came WHERE c.flow_run_id = came.id;
  UPDATE artifact a SET flow_id = came.flow_id FROM came WHERE a.flow_run_id = came.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_late_runs AFTER INSERT ON flow_run
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION artifact_late_runs();
--> statement-breakpoint
UPDATE artifact a SET flow_id = r.flow_id FROM flow_run r WHERE r.id = a.flow_run_id;
--> statement-breakpoint
UPDATE artifact_collection c SET flow_id = r.flow_id FROM flow_run r WHERE r.id = c.flow_run_id;
--> statement-breakpoint
ANALYZE artifact, artifact_collection;
