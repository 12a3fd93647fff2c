-- requires: 0004
-- API keys in the database. Programs of 0018 and earlier know only those of VITRINE_API_KEYS.
CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY DEFAULT id_at(statement_timestamp(), gen_random_uuid()) NOT NULL,
	"name" text collate "C" NOT NULL,
	"role" text NOT NULL,
	"keys" text,
	"hint" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"verifier" "bytea" NOT NULL,
	"created" timestamptz DEFAULT statement_timestamp() NOT NULL,
	"updated" timestamptz DEFAULT statement_timestamp() NOT NULL,
	"created_by" uuid,
	"expires" timestamptz,
	"last_used" timestamptz,
	"revoked" timestamptz,
	"revoked_by" uuid
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_digest" ON "api_key" USING btree ("digest");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_name" ON "api_key" USING btree ("name") WHERE "api_key"."revoked" is null;--> statement-breakpoint
CREATE INDEX "api_key_updated" ON "api_key" USING btree ("updated");