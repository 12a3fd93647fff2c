-- requires: 0004
-- Named lists of artifacts. Programs of the migration before do not know them.
CREATE TABLE "view" (
	"id" uuid PRIMARY KEY DEFAULT id_at(statement_timestamp(), gen_random_uuid()) NOT NULL,
	"owner_id" uuid,
	"name" text collate "C" NOT NULL,
	"query" text NOT NULL,
	"sort" text,
	"columns" jsonb,
	"density" text,
	"layout" text,
	"created" timestamptz DEFAULT statement_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT statement_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "view_default" (
	"actor_id" uuid PRIMARY KEY NOT NULL,
	"view_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "view_default" ADD CONSTRAINT "view_default_view_id_view_id_fk" FOREIGN KEY ("view_id") REFERENCES "view"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "view_name" ON "view" USING btree ((coalesce("owner_id", '00000000-0000-0000-0000-000000000000'::uuid)),"name");
--> statement-breakpoint
-- Whichever program deletes a person.
CREATE FUNCTION view_remove_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM view v WHERE v.owner_id = OLD.id;
  DELETE FROM view_default d WHERE d.actor_id = OLD.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER person_views AFTER DELETE ON person FOR EACH ROW EXECUTE FUNCTION view_remove_of_person();
