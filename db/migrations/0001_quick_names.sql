-- requires: 0001
DROP INDEX "artifact_key";--> statement-breakpoint
DROP INDEX "deployment_name_words";--> statement-breakpoint
DROP INDEX "flow_name_words";--> statement-breakpoint
DROP INDEX "flow_run_name_words";--> statement-breakpoint
DROP INDEX "task_run_name_words";--> statement-breakpoint
CREATE INDEX "artifact_key" ON "artifact" USING btree (coalesce("key", '~'),"id","key");--> statement-breakpoint
CREATE INDEX "deployment_name_words" ON "deployment" USING gin ("name" collate "default" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "flow_name_words" ON "flow" USING gin ("name" collate "default" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "flow_run_name_words" ON "flow_run" USING gin ("name" collate "default" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "task_run_name_words" ON "task_run" USING gin ("name" collate "default" gin_trgm_ops);--> statement-breakpoint
ANALYZE "artifact", "deployment", "flow", "flow_run", "task_run";
