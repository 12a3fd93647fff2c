-- requires: 0004
-- What programs of earlier migrations leave undone: those of 0021 and earlier do not know the pins, and those of 0027 and
-- earlier the read marks of a person that they delete.
CREATE FUNCTION person_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM pin p USING deleted d WHERE p.actor_id = d.id;
  DELETE FROM read_mark m USING deleted d WHERE m.actor_id = d.id;
  DELETE FROM reader r USING deleted d WHERE r.actor_id = d.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER person_forget AFTER DELETE ON person
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION person_forget();
--> statement-breakpoint
DELETE FROM pin p USING actor a
  WHERE a.id = p.actor_id AND a.kind = 'person' AND NOT EXISTS (SELECT FROM person h WHERE h.id = a.id);
--> statement-breakpoint
DELETE FROM read_mark m USING actor a
  WHERE a.id = m.actor_id AND a.kind = 'person' AND NOT EXISTS (SELECT FROM person h WHERE h.id = a.id);
--> statement-breakpoint
DELETE FROM reader r USING actor a
  WHERE a.id = r.actor_id AND a.kind = 'person' AND NOT EXISTS (SELECT FROM person h WHERE h.id = a.id);
--> statement-breakpoint
-- A restore disables the triggers that note what is to be searched, and ends with part 0, in programs of every migration.
CREATE FUNCTION search_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (artifact_id, key)
    SELECT a.id, c.key FROM artifact a LEFT JOIN artifact_collection c ON c.key = a.key AND c.latest_id = a.id ORDER BY a.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_restored AFTER INSERT ON backup_part
  FOR EACH ROW WHEN (NEW.number = 0) EXECUTE FUNCTION search_restored();
--> statement-breakpoint
-- In how many versions PostgreSQL expects words, or a part of a name, by its statistics alone.
CREATE FUNCTION search_estimate(words tsquery, part text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE plan json; rows float8 := 0;
BEGIN
  IF words IS NOT NULL THEN
    EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM search_version WHERE array_to_tsvector(string_to_array(translate("words", chr(10), '' ''), '' ''))'
      || ' @@ ' || quote_literal(words::text) || '::tsquery' INTO plan;
    rows := (plan #>> '{0,Plan,Plan Rows}')::float8;
  END IF;
  IF part IS NOT NULL THEN
    EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM search_version WHERE names LIKE ' || quote_literal(part) INTO plan;
    rows := rows + (plan #>> '{0,Plan,Plan Rows}')::float8;
  END IF;
  RETURN rows;
END $$;
