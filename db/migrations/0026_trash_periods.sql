-- requires: 0004
-- When versions that were restored had been in the trash, for reads as of a timestamp.
CREATE TABLE "trash_period" (
	"artifact_id" uuid NOT NULL,
	"removed" timestamptz NOT NULL,
	"restored" timestamptz NOT NULL,
	CONSTRAINT "trash_period_artifact_id_removed_pk" PRIMARY KEY("artifact_id","removed")
);
--> statement-breakpoint
-- What is deleted from the trash was restored where it is a version again, and else deleted permanently.
CREATE FUNCTION trash_period_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO trash_period (artifact_id, removed, restored)
    SELECT g.id, g.removed, clock_timestamp() FROM deleted g WHERE EXISTS (SELECT FROM artifact a WHERE a.id = g.id)
    ON CONFLICT DO NOTHING;
  DELETE FROM trash_period p USING deleted g
    WHERE p.artifact_id = g.id AND NOT EXISTS (SELECT FROM artifact a WHERE a.id = g.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER trash_period AFTER DELETE ON artifact_trash REFERENCING OLD TABLE AS deleted
  FOR EACH STATEMENT EXECUTE FUNCTION trash_period_record();
--> statement-breakpoint
CREATE INDEX "event_label" ON "event" USING btree ("time") WHERE "event"."verb" = 'collection.label';
