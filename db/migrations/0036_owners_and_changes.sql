-- requires: 0004
-- Keys by their owner, and versions that were changed since a timestamp.
CREATE INDEX "collection_about_owner" ON "collection_about" USING btree ("owner","key") WHERE "collection_about"."owner" is not null;--> statement-breakpoint
CREATE INDEX "artifact_changed" ON "artifact" USING btree ("updated","id") WHERE "artifact"."updated" > "artifact"."created";