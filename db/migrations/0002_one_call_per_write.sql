-- requires: 0002
-- Writers that decide on what they read. Each is one call, so that a key is locked for no longer than PostgreSQL itself
-- needs, and each follows the one lock order: collection rows by key, then versions by id, then their data. A statement
-- here sees what was committed before it began; so what is decided on is read after the lock, never with it.
-- Their plans are made once, for tables of any size: made anew at each call they cost more than the work itself.
CREATE FUNCTION artifact_lock_keys(names text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM artifact_collection c WHERE c.key = ANY(names) ORDER BY c.key FOR UPDATE;
END $$;
--> statement-breakpoint
-- An artifact without a key is its own lock.
CREATE FUNCTION artifact_lock_keyless(which uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM artifact a WHERE a.id = ANY(which) AND a.key IS NULL ORDER BY a.id FOR UPDATE;
END $$;
--> statement-breakpoint
-- Points keys at their greatest living versions after versions came (sign 1) or went (-1): a key for each of these.
CREATE FUNCTION artifact_point(moved text[], sign int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE artifact_collection c SET live = c.live + sign * among.n,
    (latest_id, created, updated, type, flow_run_id, task_run_id) =
      (SELECT a.id, a.created, a.updated, a.type, a.flow_run_id, a.task_run_id
       FROM artifact a WHERE a.key = c.key ORDER BY a.version DESC LIMIT 1)
  FROM (SELECT k COLLATE "C" AS key, count(*) AS n FROM unnest(moved) k WHERE k IS NOT NULL GROUP BY 1) among
  WHERE c.key = among.key;
END $$;
--> statement-breakpoint
-- Changes a version in place; null stands for "keep" where its flag is false. No row: it does not live. `stale`: it was
-- changed since `seen`, and is given as it is.
CREATE FUNCTION artifact_update(which uuid, seen timestamptz, new_data json, new_size int, new_rows int, new_number float8,
  sets_description boolean, new_description text, sets_metadata boolean, new_metadata jsonb)
RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE its_key text;
BEGIN
  SELECT a.key INTO its_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[its_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> seen, false);
  IF stale OR NOT (sets_description OR sets_metadata OR new_data IS NOT NULL) THEN RETURN NEXT; RETURN; END IF;
  UPDATE artifact a SET
    description = CASE WHEN sets_description THEN new_description ELSE a.description END,
    metadata = CASE WHEN sets_metadata THEN new_metadata ELSE a.metadata END,
    size = CASE WHEN new_data IS NULL THEN a.size ELSE new_size END,
    rows = CASE WHEN new_data IS NULL THEN a.rows ELSE new_rows END,
    number = CASE WHEN new_data IS NULL THEN a.number ELSE new_number END,
    updated = greatest(clock_timestamp(), a.updated + interval '1 microsecond')
    WHERE a.id = which RETURNING a.* INTO current;
  UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which AND new_data IS NOT NULL;
  UPDATE artifact_collection c SET updated = current.updated WHERE c.key = its_key AND c.latest_id = which;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- Moves living versions to the trash, under locks that are held. `latest` is the version that their key has now.
CREATE FUNCTION artifact_bury(which uuid[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[];
BEGIN
  PERFORM artifact_lock_keyless(which);
  WITH going AS (DELETE FROM artifact a WHERE a.id = ANY(which) RETURNING a.*),
    buried AS (
      INSERT INTO artifact_trash AS t (id, key, version, type, description, metadata, flow_run_id, task_run_id, created, updated,
        size, rows, number, removed, removal)
      SELECT g.id, g.key, g.version, g.type, g.description, g.metadata, g.flow_run_id, g.task_run_id, g.created, g.updated,
        g.size, g.rows, g.number, clock_timestamp(), as_removal FROM going g RETURNING t.id, t.key, t.version)
  SELECT array_agg(b.id), array_agg(b.key), array_agg(b.version) INTO ids, keys, versions FROM buried b;
  PERFORM artifact_point(keys, -1);
  RETURN QUERY SELECT g.id, g.key, g.version, (SELECT l.version FROM artifact_collection c JOIN artifact l ON l.id = c.latest_id
    WHERE c.key = g.key COLLATE "C") FROM unnest(ids, keys, versions) AS g (id, key, version);
END $$;
--> statement-breakpoint
-- Moves versions to the trash as one removal; those that do not live are left out.
CREATE FUNCTION artifact_remove(which uuid[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE found_ids uuid[]; found_keys text[];
BEGIN
  -- Only what is found now may be moved: one that comes up after this has no lock.
  SELECT array_agg(a.id), array_agg(a.key) INTO found_ids, found_keys FROM artifact a WHERE a.id = ANY(which);
  PERFORM artifact_lock_keys(found_keys);
  RETURN QUERY SELECT * FROM artifact_bury(found_ids, as_removal);
END $$;
--> statement-breakpoint
-- Moves every version of some keys to the trash as one removal.
CREATE FUNCTION artifact_remove_keys(names text[], as_removal uuid)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
  PERFORM artifact_lock_keys(names);
  RETURN QUERY SELECT * FROM artifact_bury((SELECT array_agg(a.id) FROM artifact a WHERE a.key = ANY(names)), as_removal);
END $$;
--> statement-breakpoint
-- Brings versions back from the trash, by their ids or by their removal, under the id, number and moment that they had.
CREATE FUNCTION artifact_restore(which uuid[], of_removal uuid) RETURNS SETOF artifact LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE found_ids uuid[]; found_keys text[];
BEGIN
  SELECT array_agg(t.id), array_agg(t.key) INTO found_ids, found_keys
    FROM artifact_trash t WHERE t.id = ANY(which) OR t.removal = of_removal;
  PERFORM artifact_lock_keys(found_keys);
  PERFORM FROM artifact_trash t WHERE t.id = ANY(found_ids) ORDER BY t.id FOR UPDATE;
  WITH coming AS (DELETE FROM artifact_trash t WHERE t.id = ANY(found_ids) RETURNING t.*),
    back AS (
      INSERT INTO artifact (id, key, version, type, description, metadata, flow_run_id, task_run_id, created, updated,
        size, rows, number)
      SELECT c.id, c.key, c.version, c.type, c.description, c.metadata, c.flow_run_id, c.task_run_id, c.created, c.updated,
        c.size, c.rows, c.number FROM coming c RETURNING artifact.id, artifact.key)
  SELECT array_agg(b.id), array_agg(b.key) INTO found_ids, found_keys FROM back b;
  PERFORM artifact_point(found_keys, 1);
  RETURN QUERY SELECT a.* FROM artifact a WHERE a.id = ANY(found_ids);
END $$;
