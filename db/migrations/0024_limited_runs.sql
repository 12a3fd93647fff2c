-- requires: 0004
-- Roles that are limited to keys can create flows, deployments and runs: a row has the patterns of such a role, and null
-- for all others and programs of the migration before. Sessions of people have the ID token of their sign-in. Folders of
-- keys are counted by indexes: that of all keys, less those without versions.
ALTER TABLE "deployment" ADD COLUMN "limited_to" text;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "limited_to" text;--> statement-breakpoint
ALTER TABLE "person_session" ADD COLUMN "id_token" text;--> statement-breakpoint
ALTER TABLE "flow_run" ADD COLUMN "limited_to" text;--> statement-breakpoint
ALTER TABLE "task_run" ADD COLUMN "limited_to" text;--> statement-breakpoint
CREATE INDEX "artifact_collection_without_versions" ON "artifact_collection" USING btree ("key") WHERE "artifact_collection"."latest_id" is null;--> statement-breakpoint
CREATE INDEX "deployment_limited" ON "deployment" USING btree ("id") WHERE "deployment"."limited_to" is not null;--> statement-breakpoint
CREATE INDEX "flow_limited" ON "flow" USING btree ("id") WHERE "flow"."limited_to" is not null;--> statement-breakpoint
CREATE INDEX "flow_run_limited" ON "flow_run" USING btree ("id") WHERE "flow_run"."limited_to" is not null;--> statement-breakpoint
CREATE INDEX "task_run_limited" ON "task_run" USING btree ("id") WHERE "task_run"."limited_to" is not null;