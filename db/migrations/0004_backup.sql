-- requires: 0004
CREATE TABLE "backup_part" (
	"backup" uuid NOT NULL,
	"number" integer NOT NULL,
	"head" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "backup_part_backup_number_pk" PRIMARY KEY("backup","number")
);
--> statement-breakpoint
ALTER TABLE "flow_run" ALTER CONSTRAINT "flow_run_parent_task_run_id_task_run_id_fk" DEFERRABLE INITIALLY IMMEDIATE;
