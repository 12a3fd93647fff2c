-- requires: 0004
ALTER TABLE "deployment" ADD COLUMN "parameters" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "parameter_openapi_schema" jsonb;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "enforce_parameter_schema" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "path" text;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "entrypoint" text;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "pull_steps" jsonb;--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "job_variables" jsonb DEFAULT '{}'::jsonb NOT NULL;