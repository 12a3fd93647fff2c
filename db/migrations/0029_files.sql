-- requires: 0004
-- Versions of the types `file` and `files` name blobs: bytes outside of their rows. Programs of 0028 and earlier know none, and
-- publish what has these types as any other JSON. `size` of versions is a bigint since 0005.
CREATE TABLE "artifact_file" (
	"artifact_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"sha256" bytea NOT NULL,
	"size" bigint NOT NULL,
	"media_type" text NOT NULL,
	CONSTRAINT "artifact_file_artifact_id_path_pk" PRIMARY KEY("artifact_id","path")
);
--> statement-breakpoint
CREATE TABLE "blob" (
	"sha256" bytea PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"content" bytea,
	"created" timestamptz NOT NULL,
	"stored" timestamptz,
	"condemned" timestamptz,
	CONSTRAINT "blob_sha256" CHECK (octet_length("blob"."sha256") = 32)
);
--> statement-breakpoint
CREATE TABLE "blob_store" (
	"single" boolean PRIMARY KEY NOT NULL,
	"id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blob_upload" (
	"sha256" bytea NOT NULL,
	"actor_id" uuid NOT NULL,
	"uploaded" timestamptz NOT NULL,
	CONSTRAINT "blob_upload_sha256_actor_id_pk" PRIMARY KEY("sha256","actor_id")
);
--> statement-breakpoint
ALTER TABLE "artifact_file" ADD CONSTRAINT "artifact_file_sha256_blob_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "blob"("sha256");--> statement-breakpoint
CREATE INDEX "artifact_file_sha256" ON "artifact_file" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "blob_condemned" ON "blob" USING btree ("condemned") WHERE "blob"."condemned" is not null;--> statement-breakpoint
CREATE INDEX "blob_upload_uploaded" ON "blob_upload" USING btree ("uploaded");
--> statement-breakpoint
-- The same as in 0015, with the files.
CREATE OR REPLACE FUNCTION artifact_data_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE replaced uuid[];
BEGIN
  DELETE FROM artifact_preview p USING deleted d WHERE p.artifact_id = d.artifact_id;
  DELETE FROM artifact_preview_pending p USING deleted d WHERE p.artifact_id = d.artifact_id;
  DELETE FROM artifact_file f USING deleted d WHERE f.artifact_id = d.artifact_id;
  WITH revisions AS (DELETE FROM artifact_revision r USING deleted d WHERE r.artifact_id = d.artifact_id RETURNING r.data_id)
    SELECT array_agg(r.data_id) FILTER (WHERE r.data_id IS NOT NULL) INTO replaced FROM revisions r;
  -- Only then, as this trigger also runs for a statement that deletes nothing.
  IF replaced IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(replaced); END IF;
  RETURN NULL;
END $$;
