-- requires: 0004
ALTER TABLE "flow_run" ADD COLUMN "run_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_run" ADD COLUMN "retries" integer;--> statement-breakpoint
ALTER TABLE "flow_run" ADD COLUMN "retry_delay" integer;--> statement-breakpoint
CREATE INDEX "flow_run_state_timestamp" ON "flow_run" USING btree ("state_timestamp");