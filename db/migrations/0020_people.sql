-- requires: 0004
-- People who sign in by OpenID Connect, and their sessions. Programs of 0019 and earlier use neither.
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT id_at(statement_timestamp(), gen_random_uuid()) NOT NULL,
	"issuer" text collate "C" NOT NULL,
	"subject" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"created" timestamptz DEFAULT statement_timestamp() NOT NULL,
	"signed_in" timestamptz DEFAULT statement_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"groups" text[] NOT NULL,
	"created" timestamptz DEFAULT statement_timestamp() NOT NULL,
	"expires" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "person_subject" ON "person" USING btree ("issuer","subject");--> statement-breakpoint
CREATE INDEX "person_session_person" ON "person_session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_session_expires" ON "person_session" USING btree ("expires");