-- requires: 0000
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE TABLE "artifact" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text collate "C",
	"version" bigint,
	"type" text,
	"description" text,
	"metadata" jsonb,
	"flow_run_id" uuid,
	"task_run_id" uuid,
	"created" timestamptz NOT NULL,
	"updated" timestamptz NOT NULL,
	"size" integer NOT NULL,
	"rows" integer,
	"number" double precision,
	CONSTRAINT "artifact_key_version" UNIQUE("key","version"),
	CONSTRAINT "artifact_key_has_version" CHECK (("artifact"."key" is null) = ("artifact"."version" is null))
);
--> statement-breakpoint
CREATE TABLE "artifact_collection" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"last_version" bigint NOT NULL,
	"last_created" timestamptz NOT NULL,
	"live" bigint NOT NULL,
	"latest_id" uuid,
	"created" timestamptz,
	"updated" timestamptz,
	"type" text,
	"flow_run_id" uuid,
	"task_run_id" uuid,
	CONSTRAINT "artifact_collection_id" UNIQUE("id"),
	CONSTRAINT "artifact_collection_live" CHECK ("artifact_collection"."live" >= 0),
	CONSTRAINT "artifact_collection_latest" CHECK (("artifact_collection"."latest_id" is null) = ("artifact_collection"."live" = 0))
);
--> statement-breakpoint
CREATE TABLE "artifact_data" (
	"artifact_id" uuid PRIMARY KEY NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artifact_idempotency" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"artifact_id" uuid NOT NULL,
	"used" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE TABLE "artifact_trash" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text collate "C",
	"version" bigint,
	"type" text,
	"description" text,
	"metadata" jsonb,
	"flow_run_id" uuid,
	"task_run_id" uuid,
	"created" timestamptz NOT NULL,
	"updated" timestamptz NOT NULL,
	"size" integer NOT NULL,
	"rows" integer,
	"number" double precision,
	"removed" timestamptz NOT NULL,
	"removal" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"description" text,
	"version" text,
	"paused" boolean DEFAULT false NOT NULL,
	"work_queue_name" text,
	"concurrency_limit" integer,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created" timestamptz DEFAULT clock_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "deployment_flow_name" UNIQUE("flow_id","name")
);
--> statement-breakpoint
CREATE TABLE "flow" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text collate "C" NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created" timestamptz DEFAULT clock_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "flow_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "flow_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_id" uuid NOT NULL,
	"name" text collate "C" NOT NULL,
	"deployment_id" uuid,
	"parent_task_run_id" uuid,
	"idempotency_key" text,
	"flow_version" text,
	"work_queue_name" text,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_by" jsonb,
	"next_scheduled_start_time" timestamptz,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"state_type" text,
	"state_name" text,
	"state_message" text,
	"state_timestamp" timestamptz,
	"expected_start_time" timestamptz,
	"start_time" timestamptz,
	"end_time" timestamptz,
	"created" timestamptz DEFAULT clock_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "flow_run_flow_idempotency" UNIQUE("flow_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "task_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"flow_run_id" uuid,
	"task_key" text collate "C" NOT NULL,
	"dynamic_key" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"state_type" text,
	"state_name" text,
	"state_message" text,
	"state_timestamp" timestamptz,
	"expected_start_time" timestamptz,
	"start_time" timestamptz,
	"end_time" timestamptz,
	"created" timestamptz DEFAULT clock_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "task_run_natural" UNIQUE NULLS NOT DISTINCT("flow_run_id","task_key","dynamic_key")
);
--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_run" ADD CONSTRAINT "flow_run_parent_task_run_id_task_run_id_fk" FOREIGN KEY ("parent_task_run_id") REFERENCES "public"."task_run"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_run" ADD CONSTRAINT "task_run_flow_run_id_flow_run_id_fk" FOREIGN KEY ("flow_run_id") REFERENCES "public"."flow_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "artifact_created" ON "artifact" USING btree ("created","id");--> statement-breakpoint
CREATE INDEX "artifact_updated" ON "artifact" USING btree ("updated","id");--> statement-breakpoint
CREATE INDEX "artifact_key" ON "artifact" USING btree (coalesce("key", '~'),"id");--> statement-breakpoint
CREATE INDEX "artifact_key_created" ON "artifact" USING btree ("key","created","id");--> statement-breakpoint
CREATE INDEX "artifact_type_created" ON "artifact" USING btree ("type","created","id");--> statement-breakpoint
CREATE INDEX "artifact_flow_run" ON "artifact" USING btree ("flow_run_id");--> statement-breakpoint
CREATE INDEX "artifact_task_run" ON "artifact" USING btree ("task_run_id");--> statement-breakpoint
CREATE INDEX "artifact_metadata" ON "artifact" USING gin ("metadata");--> statement-breakpoint
CREATE INDEX "artifact_collection_latest_id" ON "artifact_collection" USING btree ("latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_created" ON "artifact_collection" USING btree ("created","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_updated" ON "artifact_collection" USING btree ("updated","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_type_created" ON "artifact_collection" USING btree ("type","created","latest_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_flow_run" ON "artifact_collection" USING btree ("flow_run_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_task_run" ON "artifact_collection" USING btree ("task_run_id") WHERE "artifact_collection"."latest_id" is not null;--> statement-breakpoint
CREATE INDEX "artifact_collection_key_words" ON "artifact_collection" USING gin ("key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "artifact_idempotency_used" ON "artifact_idempotency" USING btree ("used");--> statement-breakpoint
CREATE INDEX "artifact_trash_removed" ON "artifact_trash" USING btree ("removed","id");--> statement-breakpoint
CREATE INDEX "artifact_trash_removal" ON "artifact_trash" USING btree ("removal");--> statement-breakpoint
CREATE INDEX "artifact_trash_key" ON "artifact_trash" USING btree ("key","removed","id");--> statement-breakpoint
CREATE INDEX "deployment_name" ON "deployment" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "deployment_created" ON "deployment" USING btree ("created","id");--> statement-breakpoint
CREATE INDEX "deployment_tags" ON "deployment" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "deployment_name_words" ON "deployment" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "flow_created" ON "flow" USING btree ("created","id");--> statement-breakpoint
CREATE INDEX "flow_updated" ON "flow" USING btree ("updated","id");--> statement-breakpoint
CREATE INDEX "flow_tags" ON "flow" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "flow_name_words" ON "flow" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "flow_run_flow" ON "flow_run" USING btree ("flow_id");--> statement-breakpoint
CREATE INDEX "flow_run_deployment" ON "flow_run" USING btree ("deployment_id");--> statement-breakpoint
CREATE INDEX "flow_run_parent" ON "flow_run" USING btree ("parent_task_run_id");--> statement-breakpoint
CREATE INDEX "flow_run_start" ON "flow_run" USING btree (coalesce("start_time", "expected_start_time", "created"),"id");--> statement-breakpoint
CREATE INDEX "flow_run_state" ON "flow_run" USING btree ("state_type");--> statement-breakpoint
CREATE INDEX "flow_run_name" ON "flow_run" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "flow_run_tags" ON "flow_run" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "flow_run_name_words" ON "flow_run" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "task_run_start" ON "task_run" USING btree (coalesce("start_time", "expected_start_time", "created"),"id");--> statement-breakpoint
CREATE INDEX "task_run_state" ON "task_run" USING btree ("state_type");--> statement-breakpoint
CREATE INDEX "task_run_name" ON "task_run" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "task_run_tags" ON "task_run" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "task_run_name_words" ON "task_run" USING gin ("name" gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE "artifact_collection" ADD CONSTRAINT "artifact_collection_latest_artifact" FOREIGN KEY ("latest_id") REFERENCES "artifact"("id") DEFERRABLE INITIALLY DEFERRED;
