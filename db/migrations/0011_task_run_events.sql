-- requires: 0004
CREATE INDEX "task_run_updated" ON "task_run" USING btree ("updated");