-- requires: 0004
-- Blobs may be compressed a day from now on. Programs of 0031 and earlier read and write plain ones alone: they do not find the others.
ALTER TABLE "blob" ADD COLUMN "codec" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "blob" ADD COLUMN "stored_size" bigint;--> statement-breakpoint
ALTER TABLE "blob" ADD CONSTRAINT "blob_codec" CHECK ("blob"."codec" in ('none', 'gzip'));
