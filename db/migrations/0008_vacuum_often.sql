-- requires: 0004
-- Counts and pages of ids read indexes alone where vacuum has marked the rows' pages as visible to all. By default that
-- happens after a fifth of a table was inserted or changed, which for large tables is rare.
ALTER TABLE artifact SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE artifact_data SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE artifact_collection SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE artifact_trash SET (autovacuum_vacuum_scale_factor = 0.02);
