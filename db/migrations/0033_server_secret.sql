-- requires: 0004
CREATE TABLE "server_secret" (
	"name" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
INSERT INTO "server_secret" ("name", "secret") VALUES ('sandbox', gen_random_uuid()::text || gen_random_uuid()::text);
