-- requires: 0004
-- Keys can be renamed: the row of the key in `artifact_collection` gets the new name, which keeps its id. Programs of the
-- migration before read by the new name, and do not know of the old one.
CREATE TABLE "key_redirect" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"target" text collate "C" NOT NULL,
	"renamed" timestamptz NOT NULL
);
--> statement-breakpoint
CREATE INDEX "key_redirect_target" ON "key_redirect" USING btree ("target");
--> statement-breakpoint
-- Gives all versions of a key another one, in the trash too, with what belongs to them; the old key then refers to the new
-- one. Nothing is done where the key has no versions that are not deleted, or the new one has any.
CREATE FUNCTION collection_rename(old_key text, new_key text, author jsonb)
RETURNS TABLE (versions bigint, occupied boolean, deleted boolean) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE source artifact_collection; replaced artifact_collection;
BEGIN
  -- A row of its own locks the new key against creates, too.
  INSERT INTO artifact_collection AS c (key, id, last_version, last_created, live)
    SELECT k, gen_random_uuid(), 0, 'epoch', 0 FROM unnest(ARRAY[old_key, new_key]) k ORDER BY k COLLATE "C"
    ON CONFLICT (key) DO UPDATE SET last_version = c.last_version;
  SELECT * INTO source FROM artifact_collection c WHERE c.key = old_key;
  SELECT * INTO replaced FROM artifact_collection c WHERE c.key = new_key;
  versions := source.live;
  deleted := EXISTS (SELECT FROM artifact_trash t WHERE t.key = new_key);
  occupied := replaced.live > 0 OR deleted;
  IF versions = 0 OR occupied THEN
    DELETE FROM artifact_collection c WHERE c.key IN (old_key, new_key) AND c.last_version = 0;
    RETURN NEXT; RETURN;
  END IF;
  DELETE FROM artifact_collection c WHERE c.key = new_key;
  -- The numbers of permanently deleted versions of the new key are not used again either.
  UPDATE artifact_collection c SET key = new_key, last_version = greatest(c.last_version, replaced.last_version),
    last_created = greatest(c.last_created, replaced.last_created) WHERE c.key = old_key;
  PERFORM FROM artifact a WHERE a.key = old_key ORDER BY a.id FOR UPDATE;
  UPDATE artifact a SET key = new_key WHERE a.key = old_key;
  PERFORM FROM artifact_trash t WHERE t.key = old_key ORDER BY t.id FOR UPDATE;
  UPDATE artifact_trash t SET key = new_key WHERE t.key = old_key;
  UPDATE label l SET key = new_key WHERE l.key = old_key;
  DELETE FROM collection_about b WHERE b.key = new_key;
  UPDATE collection_about b SET key = new_key WHERE b.key = old_key;
  DELETE FROM key_redirect r WHERE r.key = new_key;
  UPDATE key_redirect r SET target = new_key WHERE r.target = old_key;
  INSERT INTO key_redirect VALUES (old_key, new_key, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET target = excluded.target, renamed = excluded.renamed;
  PERFORM event_record(author, 'collection.rename', new_key, NULL, NULL, jsonb_build_object('key', old_key),
    jsonb_build_object('key', new_key, 'versions', versions));
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- Locks those of keys that exist, and returns them: one that was renamed while this waited is not locked, even if another
-- key has its name since.
CREATE FUNCTION artifact_lock_existing(names text[]) RETURNS text[] LANGUAGE sql AS $$
  SELECT coalesce(array_agg(locked.key), '{}') FROM (
    SELECT c.key FROM artifact_collection c WHERE c.key = ANY(names) ORDER BY c.key FOR UPDATE) locked
$$;
--> statement-breakpoint
-- The same as in 0018, of a key that may be renamed until it is locked.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb,
  keep_revisions int) RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  artifact_key text; locked text[]; old_fields artifact; new_fields artifact; before jsonb := '{}'; after jsonb := '{}';
  changed_fields text[] := '{}'; latest artifact_revision; old_data uuid; pruned uuid[];
BEGIN
  LOOP
    SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
    IF NOT FOUND THEN RETURN; END IF;
    locked := artifact_lock_existing(ARRAY[artifact_key]);
    PERFORM artifact_lock_keyless(ARRAY[which]);
    SELECT * INTO current FROM artifact a WHERE a.id = which;
    IF NOT FOUND THEN RETURN; END IF;
    EXIT WHEN current.key IS NULL OR current.key = ANY(locked)
      OR NOT EXISTS (SELECT FROM artifact_collection c WHERE c.key = current.key);
  END LOOP;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  IF new_data IS NOT NULL THEN PERFORM label_expect_unprotected(ARRAY[which], author); END IF;
  old_fields := current;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
    tags = CASE WHEN changes ? 'tags' THEN new_fields.tags ELSE a.tags END,
    size = CASE WHEN changes ? 'size' THEN new_fields.size ELSE a.size END,
    rows = CASE WHEN changes ? 'rows' THEN new_fields.rows ELSE a.rows END,
    number = CASE WHEN changes ? 'number' THEN new_fields.number ELSE a.number END,
    sha256 = CASE WHEN new_data IS NOT NULL THEN new_fields.sha256 ELSE a.sha256 END,
    updated_by = (author->>'actor_id')::uuid,
    updated = greatest(clock_timestamp(), a.updated + interval '1 microsecond')
    WHERE a.id = which RETURNING a.* INTO current;
  IF old_fields.description IS DISTINCT FROM current.description THEN
    changed_fields := changed_fields || 'description'::text;
    before := before || jsonb_build_object('description', old_fields.description);
    after := after || jsonb_build_object('description', current.description);
  END IF;
  IF old_fields.metadata IS DISTINCT FROM current.metadata THEN
    changed_fields := changed_fields || 'metadata'::text;
    before := before || jsonb_build_object('metadata', old_fields.metadata);
    after := after || jsonb_build_object('metadata', current.metadata);
  END IF;
  IF old_fields.tags IS DISTINCT FROM current.tags THEN
    changed_fields := changed_fields || 'tags'::text;
    before := before || jsonb_build_object('tags', coalesce(old_fields.tags, '{}'));
    after := after || jsonb_build_object('tags', coalesce(current.tags, '{}'));
  END IF;
  IF new_data IS NOT NULL AND (old_fields.size <> current.size OR NOT EXISTS (
      SELECT FROM artifact_data d WHERE d.artifact_id = which AND d.data::text = new_data::text)) THEN
    changed_fields := changed_fields || 'data'::text;
    before := before || jsonb_build_object('size', old_fields.size, 'rows', old_fields.rows, 'number', old_fields.number);
    after := after || jsonb_build_object('size', current.size, 'rows', current.rows, 'number', current.number);
  END IF;
  IF changed_fields <> '{}' AND keep_revisions > 0 THEN
    SELECT * INTO latest FROM artifact_revision r WHERE r.artifact_id = which ORDER BY r.revision DESC LIMIT 1;
    -- Of the progress within a minute only the first value that was replaced is kept.
    IF coalesce(current.type = 'progress' AND changed_fields = '{data}' AND latest.changed = '{data}' AND
        NOT changes ? 'revert_to' AND
        date_trunc('minute', latest.time) = date_trunc('minute', current.updated), false) THEN
      UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
    ELSE
      IF 'data' = ANY(changed_fields) THEN
        old_data := id_at(clock_timestamp(), gen_random_uuid());
        UPDATE artifact_data d SET artifact_id = old_data WHERE d.artifact_id = which;
        INSERT INTO artifact_data (artifact_id, data, previewed) VALUES (which, new_data, true);
      END IF;
      INSERT INTO artifact_revision (artifact_id, revision, time, actor_id, service, reason, changed, description, metadata,
          tags, size, rows, number, data_id)
        VALUES (which, coalesce(latest.revision, 0) + 1, current.updated, current.updated_by, author->>'service',
          author->>'reason', changed_fields, old_fields.description, old_fields.metadata,
          old_fields.tags, old_fields.size, old_fields.rows, old_fields.number, old_data);
      after := after || jsonb_build_object('revision', coalesce(latest.revision, 0) + 1);
      IF latest.revision >= keep_revisions THEN
        WITH oldest AS (DELETE FROM artifact_revision r
            WHERE r.artifact_id = which AND r.revision <= latest.revision + 1 - keep_revisions RETURNING r.data_id)
          SELECT array_agg(o.data_id) FILTER (WHERE o.data_id IS NOT NULL) INTO pruned FROM oldest o;
        IF pruned IS NOT NULL THEN DELETE FROM artifact_data d WHERE d.artifact_id = ANY(pruned); END IF;
      END IF;
    END IF;
  ELSIF 'data' = ANY(changed_fields) THEN
    UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
  END IF;
  IF new_data IS NOT NULL THEN
    IF jsonb_typeof(changes->'preview') = 'object' THEN
      INSERT INTO artifact_preview AS p (artifact_id, preview) VALUES (which, (changes->'preview')::json)
        ON CONFLICT (artifact_id) DO UPDATE SET preview = excluded.preview;
    ELSE
      DELETE FROM artifact_preview p WHERE p.artifact_id = which;
    END IF;
    IF NOT changes ? 'preview' THEN
      INSERT INTO artifact_preview_pending VALUES (which) ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
    number = current.number WHERE c.key = artifact_key AND c.latest_id = which;
  IF changes ? 'revert_to' THEN after := after || jsonb_build_object('revertedTo', changes->'revert_to'); END IF;
  PERFORM event_record(author, CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END,
    artifact_key, which, current.version, before, after);
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- The same as in 0017, of keys that may be renamed until they are locked.
CREATE OR REPLACE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid, author jsonb, forced text[])
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[]; removal artifact_trash; lost jsonb;
BEGIN
  IF of_keys IS NOT NULL THEN
    -- A key that another one is renamed to meanwhile is not locked.
    SELECT array_agg(locked.key) INTO keys FROM (
      SELECT c.key FROM artifact_collection c WHERE c.key = ANY(of_keys) ORDER BY c.key FOR UPDATE) locked;
    SELECT array_agg(a.id) INTO ids FROM artifact a WHERE a.key = ANY(keys);
  ELSE
    LOOP
      -- Only what is found here is locked and may be removed, not what is restored meanwhile.
      SELECT array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a JOIN artifact_collection c ON c.key = a.key
        WHERE a.id = ANY(of_ids) ORDER BY c.key FOR UPDATE OF c) found;
      EXIT WHEN cardinality(ids) = cardinality(of_ids);
      -- An artifact without a key is its own lock.
      SELECT ids || array_agg(found.id) INTO ids FROM (
        SELECT a.id FROM artifact a WHERE a.id = ANY(of_ids) AND a.key IS NULL ORDER BY a.id FOR UPDATE) found;
      -- The lock of a key that was renamed meanwhile finds no row.
      EXIT WHEN NOT EXISTS (SELECT FROM artifact a JOIN artifact_collection c ON c.key = a.key
        WHERE a.id = ANY(of_ids) AND a.id <> ALL(coalesce(ids, '{}')));
    END LOOP;
  END IF;
  PERFORM label_expect_forced(ids, forced, author);
  lost := label_lose(ids, author);
  removal.removed := clock_timestamp();
  removal.removal := as_removal;
  removal.removed_by := (author->>'actor_id')::uuid;
  WITH deleted AS (
      DELETE FROM artifact a WHERE a.id = ANY(ids) RETURNING json_populate_record(removal, row_to_json(a)) AS fields),
    trashed AS (INSERT INTO artifact_trash AS t SELECT (d.fields).* FROM deleted d RETURNING t.id, t.key, t.version)
  SELECT array_agg(t.id), array_agg(t.key), array_agg(t.version) INTO ids, keys, versions FROM trashed t;
  IF lost IS NOT NULL THEN
    UPDATE artifact_trash t SET labels = ARRAY(SELECT jsonb_array_elements_text(lost->(t.id::text)))
      WHERE t.id = ANY(ids) AND lost ? t.id::text;
  END IF;
  PERFORM event_record_versions(author, 'artifact.remove', ids, keys, versions, of_keys IS NOT NULL,
    jsonb_build_object('removal', as_removal));
  RETURN QUERY SELECT r.id, r.key, r.version, c.latest FROM unnest(ids, keys, versions) AS r (id, key, version)
    LEFT JOIN artifact_refresh_collections(keys, -1) c ON c.key = r.key;
END $$;
--> statement-breakpoint
-- The same as in 0017, of keys that may be renamed until they are locked.
CREATE OR REPLACE FUNCTION artifact_restore(which uuid[], of_removal uuid, author jsonb) RETURNS SETOF artifact LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; locked text[]; versions bigint[]; lost label[];
BEGIN
  LOOP
    SELECT array_agg(t.id), array_agg(t.key) INTO ids, keys
      FROM artifact_trash t WHERE t.id = ANY(which) OR t.removal = of_removal;
    locked := artifact_lock_existing(keys);
    EXIT WHEN NOT EXISTS (SELECT FROM artifact_trash t JOIN artifact_collection c ON c.key = t.key
      WHERE t.id = ANY(ids) AND t.key <> ALL(locked));
  END LOOP;
  PERFORM FROM artifact_trash t WHERE t.id = ANY(ids) ORDER BY t.id FOR UPDATE;
  SELECT array_agg(jsonb_populate_record(NULL::label, jsonb_build_object('key', t.key, 'name', l.name, 'artifact_id', t.id,
      'version', t.version, 'updated', t.removed)) ORDER BY t.removed DESC) INTO lost
    FROM artifact_trash t, unnest(t.labels) AS l (name) WHERE t.id = ANY(ids);
  WITH deleted AS (
      DELETE FROM artifact_trash t WHERE t.id = ANY(ids)
      RETURNING json_populate_record(NULL::artifact, row_to_json(t)) AS fields),
    restored AS (INSERT INTO artifact AS a SELECT (d.fields).* FROM deleted d RETURNING a.id, a.key, a.version)
  SELECT array_agg(r.id), array_agg(r.key), array_agg(r.version) INTO ids, keys, versions FROM restored r;
  PERFORM event_record_versions(author, 'artifact.restore', ids, keys, versions, of_removal IS NOT NULL, NULL);
  IF lost IS NOT NULL THEN PERFORM label_regain(lost, author); END IF;
  PERFORM artifact_refresh_collections(keys, 1);
  RETURN QUERY SELECT a.* FROM artifact a WHERE a.id = ANY(ids);
END $$;
