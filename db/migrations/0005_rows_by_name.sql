-- requires: 0004
-- Programs of 0004 keep working: the functions that they call keep their names and arguments (replaced, so that cached
-- plans with the old type of `size` are dropped); artifact_bury and artifact_point stay for calls that are running now.
-- Until such a program is restarted it returns `size` as text, and its lists with data are rejected as too large.
ALTER TABLE "artifact" ALTER COLUMN "size" SET DATA TYPE bigint,
  ADD COLUMN "sha256" "bytea", ADD COLUMN "created_by" uuid, ADD COLUMN "updated_by" uuid, ADD COLUMN "reason" text;
--> statement-breakpoint
ALTER TABLE "artifact_trash" ALTER COLUMN "size" SET DATA TYPE bigint,
  ADD COLUMN "sha256" "bytea", ADD COLUMN "created_by" uuid, ADD COLUMN "updated_by" uuid, ADD COLUMN "reason" text,
  ADD COLUMN "removed_by" uuid;
--> statement-breakpoint
ALTER FUNCTION artifact_its_flow() RENAME TO artifact_set_flow;
--> statement-breakpoint
ALTER FUNCTION artifact_late_runs() RENAME TO artifact_set_flow_of_new_runs;
--> statement-breakpoint
ALTER TRIGGER artifact_its_flow ON artifact RENAME TO artifact_set_flow;
--> statement-breakpoint
ALTER TRIGGER artifact_collection_its_flow ON artifact_collection RENAME TO artifact_collection_set_flow;
--> statement-breakpoint
ALTER TRIGGER artifact_collection_flow_moves ON artifact_collection RENAME TO artifact_collection_update_flow;
--> statement-breakpoint
ALTER TRIGGER artifact_late_runs ON flow_run RENAME TO artifact_set_flow_of_new_runs;
--> statement-breakpoint
-- The functions below follow the rules of 0002: the rows of `artifact_collection` are locked first, in the order of
-- their keys, and a decision is made in a statement that begins after the lock. Whole rows move between `artifact` and
-- `artifact_trash` by column name, through JSON, so that a new column needs no change here.

-- Sets the latest version and the version count of keys after versions were added (change = 1) or removed (-1); `keys`
-- has a key once for each version. Returns the number of the latest version of each key, null where none is left.
CREATE FUNCTION artifact_refresh_collections(keys text[], change int)
RETURNS TABLE (key text, latest bigint) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY UPDATE artifact_collection c SET live = c.live + change * changed.versions,
      (latest_id, created, updated, type, flow_run_id, task_run_id) =
        (SELECT a.id, a.created, a.updated, a.type, a.flow_run_id, a.task_run_id
         FROM artifact a WHERE a.key = c.key ORDER BY a.version DESC LIMIT 1)
    FROM (SELECT k COLLATE "C" AS key, count(*) AS versions FROM unnest(keys) k WHERE k IS NOT NULL GROUP BY 1) changed
    WHERE c.key = changed.key
    RETURNING c.key, (SELECT a.version FROM artifact a WHERE a.id = c.latest_id);
END $$;
--> statement-breakpoint
-- Moves versions to the trash as one removal: all of some keys, or, where `of_keys` is null, those with some ids. What
-- does not exist is ignored. `latest` is the number of the latest version that is left of the key.
CREATE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[]; removal artifact_trash;
BEGIN
  IF of_keys IS NOT NULL THEN
    PERFORM artifact_lock_keys(of_keys);
    SELECT array_agg(a.id) INTO ids FROM artifact a WHERE a.key = ANY(of_keys);
  ELSE
    -- Only what is found here is locked and may be removed, not what is restored meanwhile.
    SELECT array_agg(found.id) INTO ids FROM (
      SELECT a.id FROM artifact a JOIN artifact_collection c ON c.key = a.key
      WHERE a.id = ANY(of_ids) ORDER BY c.key FOR UPDATE OF c) found;
    IF coalesce(cardinality(ids), 0) < cardinality(of_ids) THEN
      -- An artifact without a key is its own lock.
      SELECT ids || array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a WHERE a.id = ANY(of_ids) AND a.key IS NULL ORDER BY a.id FOR UPDATE) found;
    END IF;
  END IF;
  removal.removed := clock_timestamp();
  removal.removal := as_removal;
  WITH deleted AS (
      DELETE FROM artifact a WHERE a.id = ANY(ids) RETURNING json_populate_record(removal, row_to_json(a)) AS fields),
    trashed AS (INSERT INTO artifact_trash AS t SELECT (d.fields).* FROM deleted d RETURNING t.id, t.key, t.version)
  SELECT array_agg(t.id), array_agg(t.key), array_agg(t.version) INTO ids, keys, versions FROM trashed t;
  RETURN QUERY SELECT r.id, r.key, r.version, c.latest FROM unnest(ids, keys, versions) AS r (id, key, version)
    LEFT JOIN artifact_refresh_collections(keys, -1) c ON c.key = r.key;
END $$;
--> statement-breakpoint
-- For programs of 0004.
CREATE OR REPLACE FUNCTION artifact_remove(which uuid[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE sql AS $$
  SELECT * FROM artifact_remove(which, NULL, as_removal)
$$;
--> statement-breakpoint
-- For programs of 0004.
CREATE OR REPLACE FUNCTION artifact_remove_keys(names text[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE sql AS $$
  SELECT * FROM artifact_remove(NULL, names, as_removal)
$$;
--> statement-breakpoint
-- Restores versions from the trash, by their ids or by their removal, with the id, number and timestamps that they had.
CREATE OR REPLACE FUNCTION artifact_restore(which uuid[], of_removal uuid) RETURNS SETOF artifact LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[];
BEGIN
  SELECT array_agg(t.id), array_agg(t.key) INTO ids, keys
    FROM artifact_trash t WHERE t.id = ANY(which) OR t.removal = of_removal;
  PERFORM artifact_lock_keys(keys);
  PERFORM FROM artifact_trash t WHERE t.id = ANY(ids) ORDER BY t.id FOR UPDATE;
  WITH deleted AS (
      DELETE FROM artifact_trash t WHERE t.id = ANY(ids)
      RETURNING json_populate_record(NULL::artifact, row_to_json(t)) AS fields),
    restored AS (INSERT INTO artifact AS a SELECT (d.fields).* FROM deleted d RETURNING a.id, a.key)
  SELECT array_agg(r.id), array_agg(r.key) INTO ids, keys FROM restored r;
  PERFORM artifact_refresh_collections(keys, 1);
  RETURN QUERY SELECT a.* FROM artifact a WHERE a.id = ANY(ids);
END $$;
--> statement-breakpoint
-- Changes a version in place. `changes` has the columns that change, by name; a null clears. No row: there is no such
-- version. `stale`: it was changed since `if_updated`, nothing is done, and `current` is the row as it is.
CREATE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE artifact_key text; new_fields artifact;
BEGIN
  SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[artifact_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
    size = CASE WHEN changes ? 'size' THEN new_fields.size ELSE a.size END,
    rows = CASE WHEN changes ? 'rows' THEN new_fields.rows ELSE a.rows END,
    number = CASE WHEN changes ? 'number' THEN new_fields.number ELSE a.number END,
    updated = greatest(clock_timestamp(), a.updated + interval '1 microsecond')
    WHERE a.id = which RETURNING a.* INTO current;
  IF new_data IS NOT NULL THEN UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which; END IF;
  UPDATE artifact_collection c SET updated = current.updated WHERE c.key = artifact_key AND c.latest_id = which;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- For programs of 0004.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, seen timestamptz, new_data json, new_size int, new_rows int,
  new_number float8, sets_description boolean, new_description text, sets_metadata boolean, new_metadata jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE sql AS $$
  SELECT u.stale, u.current FROM artifact_update(which, seen, new_data,
    CASE WHEN sets_description THEN jsonb_build_object('description', new_description) ELSE '{}' END ||
    CASE WHEN sets_metadata THEN jsonb_build_object('metadata', new_metadata) ELSE '{}' END ||
    CASE WHEN new_data IS NULL THEN '{}'
      ELSE jsonb_build_object('size', new_size, 'rows', new_rows, 'number', new_number) END) u
$$;
--> statement-breakpoint
ANALYZE artifact, artifact_trash;
