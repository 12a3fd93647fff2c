-- requires: 0004
CREATE TABLE "ended_session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires" timestamptz NOT NULL,
	"ended" timestamptz DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "ended_session_ended" ON "ended_session" USING btree ("ended");