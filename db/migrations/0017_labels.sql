-- requires: 0004
-- Labels name versions of a key, one each. Programs of 0016 and earlier know none: what they delete takes its labels along.
CREATE TABLE "label" (
	"key" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"artifact_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"updated" timestamptz NOT NULL,
	CONSTRAINT "label_key_name_pk" PRIMARY KEY("key","name")
);
--> statement-breakpoint
CREATE TABLE "protected_label" (
	"name" text collate "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "artifact_trash" ADD COLUMN "labels" text[];--> statement-breakpoint
CREATE INDEX "label_artifact" ON "label" USING btree ("artifact_id");--> statement-breakpoint
CREATE INDEX "label_name" ON "label" USING btree ("name","artifact_id");
--> statement-breakpoint
-- Whether the author may move protected labels; programs of 0016 and earlier do not say.
CREATE FUNCTION label_is_free(author jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce((author->>'is_admin')::boolean, true)
$$;
--> statement-breakpoint
-- Fails where one of these versions, whose keys are locked, has a protected label that the author may not move.
CREATE FUNCTION label_expect_unprotected(ids uuid[], author jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE protected_name text;
BEGIN
  IF label_is_free(author) THEN RETURN; END IF;
  SELECT l.name INTO protected_name FROM label l JOIN protected_label p ON p.name = l.name WHERE l.artifact_id = ANY(ids) LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION 'protected label' USING ERRCODE = 'VL002', DETAIL = protected_name; END IF;
END $$;
--> statement-breakpoint
-- Fails where versions, whose keys are locked, have labels beside those that may be lost; where `forced` is null all may.
CREATE FUNCTION label_expect_forced(ids uuid[], forced text[], author jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE remaining jsonb;
BEGIN
  IF forced IS NULL THEN RETURN; END IF;
  SELECT jsonb_agg(jsonb_build_object('key', l.key, 'label', l.name, 'version', l.version) ORDER BY l.key, l.name) INTO remaining
    FROM label l WHERE l.artifact_id = ANY(ids) AND l.name <> ALL(forced);
  IF remaining IS NOT NULL THEN RAISE EXCEPTION 'labelled version' USING ERRCODE = 'VL001', DETAIL = remaining::text; END IF;
  PERFORM label_expect_unprotected(ids, author);
END $$;
--> statement-breakpoint
-- Deletes the labels of versions, with an event for each. Returns them by the id of the version; null where there are none.
CREATE FUNCTION label_lose(ids uuid[], author jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE lost label[];
BEGIN
  WITH deleted AS (DELETE FROM label l WHERE l.artifact_id = ANY(ids) RETURNING l)
    SELECT array_agg(d.l) INTO lost FROM deleted d;
  IF lost IS NULL THEN RETURN NULL; END IF;
  PERFORM event_record(author, 'collection.label', l.key, l.artifact_id, l.version,
    jsonb_build_object('label', l.name, 'version', l.version), jsonb_build_object('label', l.name, 'version', NULL))
    FROM unnest(lost) l;
  RETURN (SELECT jsonb_object_agg(of_version.artifact_id, of_version.names) FROM (
    SELECT l.artifact_id, jsonb_agg(l.name ORDER BY l.name) AS names FROM unnest(lost) l GROUP BY l.artifact_id) of_version);
END $$;
--> statement-breakpoint
-- Sets labels that restored versions had, the one that was lost last first, unless they are set elsewhere or protected.
CREATE FUNCTION label_regain(lost label[], author jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE gained label;
BEGIN
  FOR gained IN
    SELECT l.* FROM unnest(lost) l
    WHERE label_is_free(author) OR NOT EXISTS (SELECT FROM protected_label p WHERE p.name = l.name) ORDER BY l.updated DESC
  LOOP
    gained.updated := clock_timestamp();
    INSERT INTO label VALUES (gained.*) ON CONFLICT DO NOTHING;
    IF FOUND THEN
      PERFORM event_record(author, 'collection.label', gained.key, gained.artifact_id, gained.version,
        jsonb_build_object('label', gained.name, 'version', NULL),
        jsonb_build_object('label', gained.name, 'version', gained.version));
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- The same as in 0014, with the labels that the versions have: without `forced` they are kept, and nothing is deleted.
CREATE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid, author jsonb, forced text[])
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[]; removal artifact_trash; lost jsonb;
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
-- For programs of 0016.
CREATE OR REPLACE FUNCTION artifact_remove(of_ids uuid[], of_keys text[], as_removal uuid, author jsonb)
RETURNS TABLE (id uuid, key text, version bigint, latest bigint) LANGUAGE sql AS $$
  SELECT * FROM artifact_remove(of_ids, of_keys, as_removal, author, NULL)
$$;
--> statement-breakpoint
-- The same as in 0014, with the labels that the versions had.
CREATE OR REPLACE FUNCTION artifact_restore(which uuid[], of_removal uuid, author jsonb) RETURNS SETOF artifact LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE ids uuid[]; keys text[]; versions bigint[]; lost label[];
BEGIN
  SELECT array_agg(t.id), array_agg(t.key) INTO ids, keys
    FROM artifact_trash t WHERE t.id = ANY(which) OR t.removal = of_removal;
  PERFORM artifact_lock_keys(keys);
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
--> statement-breakpoint
-- The same as in 0016; the data of a version with a protected label is replaced by the role admin alone.
CREATE OR REPLACE FUNCTION artifact_update(which uuid, if_updated timestamptz, new_data json, changes jsonb, author jsonb,
  keep_revisions int) RETURNS TABLE (stale boolean, current artifact) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  artifact_key text; old_fields artifact; new_fields artifact; before jsonb := '{}'; after jsonb := '{}';
  changed_fields text[] := '{}'; latest artifact_revision; old_data uuid; pruned uuid[];
BEGIN
  SELECT a.key INTO artifact_key FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM artifact_lock_keys(ARRAY[artifact_key]);
  PERFORM artifact_lock_keyless(ARRAY[which]);
  SELECT * INTO current FROM artifact a WHERE a.id = which;
  IF NOT FOUND THEN RETURN; END IF;
  stale := coalesce(current.updated <> if_updated, false);
  IF stale OR changes = '{}' THEN RETURN NEXT; RETURN; END IF;
  IF new_data IS NOT NULL THEN PERFORM label_expect_unprotected(ARRAY[which], author); END IF;
  old_fields := current;
  new_fields := jsonb_populate_record(NULL::artifact, changes);
  UPDATE artifact a SET
    description = CASE WHEN changes ? 'description' THEN new_fields.description ELSE a.description END,
    metadata = CASE WHEN changes ? 'metadata' THEN new_fields.metadata ELSE a.metadata END,
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
          size, rows, number, data_id)
        VALUES (which, coalesce(latest.revision, 0) + 1, current.updated, current.updated_by, author->>'service',
          author->>'reason', changed_fields, old_fields.description, old_fields.metadata,
          old_fields.size, old_fields.rows, old_fields.number, old_data);
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
