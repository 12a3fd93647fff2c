-- requires: 0004
-- A version stands for the event of its create: a row of `event` would cost as much as the version. What ends that, a
-- permanent deletion or a rename, inserts the row first, also where a program of 0026 does it. Such programs insert the rows
-- of their own creates, leave the new columns null, and do not list the creates of this one.
ALTER TABLE "artifact" ADD COLUMN "created_xid" "xid8", ADD COLUMN "created_service" text,
  ADD COLUMN "created_request" text, ADD COLUMN "created_run" uuid, ADD COLUMN "created_versions" integer;
--> statement-breakpoint
ALTER TABLE "artifact_trash" ADD COLUMN "created_xid" "xid8", ADD COLUMN "created_service" text,
  ADD COLUMN "created_request" text, ADD COLUMN "created_run" uuid, ADD COLUMN "created_versions" integer;
--> statement-breakpoint
CREATE TABLE "event_watermark" (
	"id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
-- No version that exists now stands for an event: so lists need not look through them.
INSERT INTO event_watermark SELECT id_at(clock_timestamp(), '00000000-0000-0000-0000-000000000000')
  WHERE EXISTS (SELECT FROM artifact);
--> statement-breakpoint
-- Of what leaves the trash, the versions that are not restored are deleted permanently. The events are those that
-- server/models/event.ts reads from versions.
CREATE FUNCTION artifact_trash_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event (id, xid, time, actor_id, service, flow_run_id, verb, key, artifact_id, version, reason, request_id, after)
    SELECT v.id, v.created_xid, v.created, v.created_by, v.created_service, coalesce(v.flow_run_id, v.created_run),
      'artifact.create', v.key, CASE WHEN v.created_versions IS NULL THEN v.id END, v.version, v.reason, v.created_request,
      CASE WHEN v.created_versions IS NOT NULL THEN jsonb_build_object('versions', v.created_versions) END
    FROM deleted v WHERE v.created_xid IS NOT NULL AND NOT EXISTS (SELECT FROM event_watermark w WHERE v.id < w.id)
      AND NOT EXISTS (SELECT FROM artifact a WHERE a.id = v.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER artifact_trash_deleted AFTER DELETE ON artifact_trash REFERENCING OLD TABLE AS deleted
  FOR EACH STATEMENT EXECUTE FUNCTION artifact_trash_deleted();
--> statement-breakpoint
-- The same as in 0022, with the events of the creates under the old key.
CREATE OR REPLACE FUNCTION collection_rename(old_key text, new_key text, author jsonb)
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
  INSERT INTO event (id, xid, time, actor_id, service, flow_run_id, verb, key, artifact_id, version, reason, request_id, after)
    SELECT v.id, v.created_xid, v.created, v.created_by, v.created_service, coalesce(v.flow_run_id, v.created_run),
      'artifact.create', v.key, CASE WHEN v.created_versions IS NULL THEN v.id END, v.version, v.reason, v.created_request,
      CASE WHEN v.created_versions IS NOT NULL THEN jsonb_build_object('versions', v.created_versions) END
    FROM artifact v WHERE v.key = old_key AND v.created_xid IS NOT NULL
      AND NOT EXISTS (SELECT FROM event_watermark w WHERE v.id < w.id);
  UPDATE artifact a SET key = new_key, created_xid = NULL WHERE a.key = old_key;
  PERFORM FROM artifact_trash t WHERE t.key = old_key ORDER BY t.id FOR UPDATE;
  INSERT INTO event (id, xid, time, actor_id, service, flow_run_id, verb, key, artifact_id, version, reason, request_id, after)
    SELECT v.id, v.created_xid, v.created, v.created_by, v.created_service, coalesce(v.flow_run_id, v.created_run),
      'artifact.create', v.key, CASE WHEN v.created_versions IS NULL THEN v.id END, v.version, v.reason, v.created_request,
      CASE WHEN v.created_versions IS NOT NULL THEN jsonb_build_object('versions', v.created_versions) END
    FROM artifact_trash v WHERE v.key = old_key AND v.created_xid IS NOT NULL
      AND NOT EXISTS (SELECT FROM event_watermark w WHERE v.id < w.id);
  UPDATE artifact_trash t SET key = new_key, created_xid = NULL WHERE t.key = old_key;
  UPDATE label l SET key = new_key WHERE l.key = old_key;
  DELETE FROM collection_about b WHERE b.key = new_key;
  UPDATE collection_about b SET key = new_key WHERE b.key = old_key;
  DELETE FROM pin p WHERE p.key = new_key;
  UPDATE pin p SET key = new_key WHERE p.key = old_key;
  DELETE FROM key_redirect r WHERE r.key = new_key;
  UPDATE key_redirect r SET target = new_key WHERE r.target = old_key;
  INSERT INTO key_redirect VALUES (old_key, new_key, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET target = excluded.target, renamed = excluded.renamed;
  PERFORM event_record(author, 'collection.rename', new_key, NULL, NULL, jsonb_build_object('key', old_key),
    jsonb_build_object('key', new_key, 'versions', versions));
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- The same as in 0021, in fewer statements. Each statement, and each expression with a subquery, costs as much as an index.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb,
  keep_revisions int) RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  locked_key text; old_fields artifact; new_fields artifact; before jsonb; after jsonb; changed_fields text[];
  latest artifact_revision; new_revision int; old_data uuid; pruned uuid[];
BEGIN
  LOOP
    -- The lock of a key that was renamed meanwhile finds no row.
    SELECT c.key INTO locked_key FROM artifact a JOIN artifact_collection c ON c.key = a.key WHERE a.id = which
      FOR UPDATE OF c;
    IF NOT FOUND THEN PERFORM artifact_lock_keyless(ARRAY[which]); END IF;
    SELECT * INTO current FROM artifact a WHERE a.id = which;
    IF NOT FOUND THEN RETURN; END IF;
    EXIT WHEN current.key IS NOT DISTINCT FROM locked_key;
    EXIT WHEN NOT EXISTS (SELECT FROM artifact_collection c WHERE c.key = current.key);
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
  before := '{}';
  after := CASE WHEN changes ? 'revert_to' THEN jsonb_build_object('revertedTo', changes->'revert_to') ELSE '{}' END;
  IF new_data IS NOT NULL OR old_fields.description IS DISTINCT FROM current.description
      OR old_fields.metadata IS DISTINCT FROM current.metadata OR old_fields.tags IS DISTINCT FROM current.tags THEN
    changed_fields := '{}';
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
    IF new_data IS NOT NULL THEN
      IF old_fields.size <> current.size OR NOT EXISTS (
          SELECT FROM artifact_data d WHERE d.artifact_id = which AND d.data::text = new_data::text) THEN
        changed_fields := changed_fields || 'data'::text;
        before := before || jsonb_build_object('size', old_fields.size, 'rows', old_fields.rows, 'number', old_fields.number);
        after := after || jsonb_build_object('size', current.size, 'rows', current.rows, 'number', current.number);
      END IF;
      -- Of the progress within a minute only the first value that was replaced is kept.
      IF current.type = 'progress' AND changed_fields = '{data}' AND NOT changes ? 'revert_to' THEN
        SELECT * INTO latest FROM artifact_revision r WHERE r.artifact_id = which ORDER BY r.revision DESC LIMIT 1;
      END IF;
    END IF;
    IF changed_fields <> '{}' AND keep_revisions > 0 THEN
      IF coalesce(latest.changed = '{data}' AND date_trunc('minute', latest.time) = date_trunc('minute', current.updated),
          false) THEN
        UPDATE artifact_data d SET data = new_data WHERE d.artifact_id = which;
      ELSE
        IF 'data' = ANY(changed_fields) THEN
          old_data := id_at(clock_timestamp(), gen_random_uuid());
          UPDATE artifact_data d SET artifact_id = old_data WHERE d.artifact_id = which;
          INSERT INTO artifact_data (artifact_id, data, previewed) VALUES (which, new_data, true);
        END IF;
        INSERT INTO artifact_revision AS r (artifact_id, revision, time, actor_id, service, reason, changed, description,
            metadata, tags, size, rows, number, data_id)
          VALUES (which, (SELECT coalesce(max(o.revision), 0) + 1 FROM artifact_revision o WHERE o.artifact_id = which),
            current.updated, current.updated_by, author->>'service', author->>'reason', changed_fields,
            old_fields.description, old_fields.metadata, old_fields.tags, old_fields.size, old_fields.rows,
            old_fields.number, old_data)
          RETURNING r.revision INTO new_revision;
        after := after || jsonb_build_object('revision', new_revision);
        IF new_revision > keep_revisions THEN
          WITH oldest AS (DELETE FROM artifact_revision r
              WHERE r.artifact_id = which AND r.revision <= new_revision - keep_revisions RETURNING r.data_id)
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
    -- As event_record does.
    IF octet_length(before::text) > 4096 THEN before := event_fields(before); END IF;
    IF octet_length(after::text) > 4096 THEN after := event_fields(after); END IF;
  END IF;
  WITH latest_of_key AS (
      UPDATE artifact_collection c SET updated = current.updated, size = current.size, rows = current.rows,
        number = current.number WHERE c.key = current.key AND c.latest_id = which)
    INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, before, after)
      VALUES (current.updated_by, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
        author->>'reason', CASE WHEN changes ? 'revert_to' THEN 'artifact.revert' ELSE 'artifact.update' END, current.key,
        which, current.version, before, after);
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- The same as in 0021, in fewer statements.
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
  IF EXISTS (SELECT FROM label l WHERE l.artifact_id = ANY(ids)) THEN
    PERFORM label_expect_forced(ids, forced, author);
    lost := label_lose(ids, author);
  END IF;
  removal.removed := clock_timestamp();
  removal.removal := as_removal;
  removal.removed_by := (author->>'actor_id')::uuid;
  WITH deleted AS (
      DELETE FROM artifact a WHERE a.id = ANY(ids) RETURNING json_populate_record(removal, row_to_json(a)) AS fields),
    trashed AS (INSERT INTO artifact_trash AS t SELECT (d.fields).* FROM deleted d RETURNING t.id, t.key, t.version),
    -- As event_record_versions does for each version.
    logged AS (
      INSERT INTO event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, after)
      SELECT removal.removed_by, author->>'service', (author->>'flow_run_id')::uuid, author->>'request_id',
        author->>'reason', 'artifact.remove', t.key, t.id, t.version, jsonb_build_object('removal', as_removal)
      FROM trashed t WHERE of_keys IS NULL ORDER BY t.key, t.version)
  SELECT array_agg(t.id), array_agg(t.key), array_agg(t.version) INTO ids, keys, versions FROM trashed t;
  IF lost IS NOT NULL THEN
    UPDATE artifact_trash t SET labels = ARRAY(SELECT jsonb_array_elements_text(lost->(t.id::text)))
      WHERE t.id = ANY(ids) AND lost ? t.id::text;
  END IF;
  IF of_keys IS NOT NULL THEN
    PERFORM event_record_versions(author, 'artifact.remove', ids, keys, versions, true,
      jsonb_build_object('removal', as_removal));
  END IF;
  RETURN QUERY SELECT r.id, r.key, r.version, c.latest FROM unnest(ids, keys, versions) AS r (id, key, version)
    LEFT JOIN artifact_refresh_collections(keys, -1) c ON c.key = r.key;
END $$;
