import { pickSql, randomSql, timestampSql, uuidSql, type VolumeSize } from "./size";

const AREAS = "sales billing climate orders search fraud stock users traffic energy sensor vendor".split(" ");
const SUBJECTS = "report table summary forecast quality drift coverage metrics preview status".split(" ");
const SENTENCE = "The run read all rows, found no gaps and wrote the result for the next step to use. ";

/** 40 % markdown, 25 % tables, then images, links, progress, plain JSON, and some without a type. */
const TYPE = `case when draw < 0.4 then 'markdown' when draw < 0.65 then 'table' when draw < 0.75 then 'link'
  when draw < 0.8 then 'image' when draw < 0.9 then 'progress' when draw < 0.95 then 'result' end`;

/** About 1 kB of JSON text by type; links and numbers are shorter. */
const DATA = `case type
  when 'markdown' then to_json('# Run ' || n || E'\\n\\n' || repeat('${SENTENCE}', 8 + n % 8) || md5(n::text))::text
  when 'table' then '[' || (select string_agg('{"id": ' || n + k || ', "name": "' || md5((n + k)::text) || '", "value": ' || (n * k) % 997 || '}', ', ')
    from generate_series(1, 10 + n % 8) k) || ']'
  when 'link' then '{"url": "https://example.com/' || n || '", "text": "Run ' || n || '"}'
  when 'image' then '"https://example.com/' || md5(n::text) || '.png"'
  when 'progress' then (n % 1001 / 10.0)::text
  else '{"n": ' || n || ', "note": "' || repeat('${SENTENCE}', 10) || '"}' end`;

const PREVIEW = `case type
  when 'table' then json_build_object('kind', 'table', 'columns', '["id", "name", "value"]'::json, 'rows',
    (select json_agg(json_build_array(row->>'id', row->>'name', row->>'value')) from
      (select row from json_array_elements(data::json) row limit 3) rows))
  when 'image' then '{"kind": "image", "embedded": false}'::json
  when 'link' then json_build_object('kind', 'link', 'url', data::json->>'url', 'text', data::json->>'text')
  when 'markdown' then json_build_object('kind', 'text', 'text', left(data::json #>> '{}', 320))
  else json_build_object('kind', 'object', 'items', 2, 'first', '[]'::json) end`;

/** A few keys have thousands of versions, most have a handful; 2 % of the artifacts have no key. */
export function artifactStatements({ artifacts, keys, flowRuns, taskRuns }: VolumeSize): string[] {
  const key = `${pickSql(AREAS, "k", 31)} || '-' || ${pickSql(SUBJECTS, "k", 32)} || '-' || k`;
  // A run publishes at about the time it runs. One artifact in five has no run, one in a hundred a deleted run.
  const near = `least(${flowRuns}, greatest(1, (n::float8 / ${artifacts} * ${flowRuns})::int - floor(${randomSql("n", 41)} * 20)::int))`;
  return [
    `create temporary table run_position as select row_number() over (order by created, id)::int as position, id from flow_run`,
    `create temporary table task_position as select row_number() over (order by created, id)::int as position, id from task_run`,
    "create unique index on run_position (position)",
    "create unique index on task_position (position)",
    "analyze run_position",
    "analyze task_position",
    `create temporary table item as
      select n, id, key, case when key is not null then row_number() over (partition by key order by n) end as version,
        type, created, run, share
      from (select n, ${uuidSql("created", "n", 3)} as id, created, ${randomSql("n", 42)} as share, ${near} as run, ${TYPE} as type,
          case when ${randomSql("n", 43)} >= 0.02 then (select ${key} from (select 1 + floor(${keys} * power(${randomSql("n", 44)}, 2.5))::int as k) k) end as key
        from (select n, ${timestampSql(`n::float8 / ${artifacts}`)} as created, ${randomSql("n", 45)} as draw
          from generate_series(1, ${artifacts}) n) n) item`,
    `create temporary table item_data as select n, id, type, ${DATA} as data from item`,
    `insert into artifact (id, key, version, type, description, metadata, flow_run_id, task_run_id, created, updated, size, rows, number)
      select i.id, key, version, i.type, case when i.n % 3 = 0 then '${SENTENCE}' || i.n end,
        case when i.n % 4 = 0 then jsonb_build_object('rows', i.n % 1000, 'source', 's3://bucket/' || i.n % 5000, 'ok', i.n % 7 <> 0) end,
        case when share < 0.79 then r.id when share < 0.8 then md5(i.n::text)::uuid end,
        case when share < 0.4 then t.id end, created,
        case when i.n % 20 = 0 then created + interval '1 hour' * ${randomSql("i.n", 46)} else created end,
        octet_length(data), case when i.type = 'table' then 10 + i.n % 8 end, case when i.type = 'progress' then data::float8 end
      from item i join item_data s on s.n = i.n left join run_position r on r.position = i.run
        left join task_position t on t.position = i.run * ${taskRuns / flowRuns} - i.n % ${taskRuns / flowRuns}
      order by i.n`,
    `insert into artifact_data (artifact_id, data, previewed) select id, data::json, true from item_data order by n`,
    `insert into artifact_preview (artifact_id, preview) select id, ${PREVIEW} from item_data where type <> 'progress' order by n`,
    `insert into artifact_collection (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id,
        version, size, rows, number)
      select key, md5('collection' || key)::uuid, version, created, version, id, created, updated, type, flow_run_id, task_run_id,
        version, size, rows, number
      from (select distinct on (key) * from artifact where key is not null order by key, version desc) latest order by created`,
    "drop table run_position, task_position, item, item_data",
  ];
}
