import { draw, idAt, momentAt, oneOf, type Size } from "./size";

const AREAS = "sales billing climate orders search fraud stock users traffic energy sensor vendor".split(" ");
const THINGS = "report table summary forecast quality drift coverage metrics preview status".split(" ");
const WORDS = "The run read all rows, found no gaps and wrote the result for the next step to use. ";

/** 40 % markdown, 25 % tables, then images, links, progress, plain JSON, and some without a type. */
const TYPE = `case when draw < 0.4 then 'markdown' when draw < 0.65 then 'table' when draw < 0.75 then 'link'
  when draw < 0.8 then 'image' when draw < 0.9 then 'progress' when draw < 0.95 then 'result' end`;

/** Some 1 kB of data by type, as JSON text; numbers and links are as small as they are. */
const DATA = `case type
  when 'markdown' then to_json('# Run ' || n || E'\\n\\n' || repeat('${WORDS}', 8 + n % 8) || md5(n::text))::text
  when 'table' then '[' || (select string_agg('{"id": ' || n + k || ', "name": "' || md5((n + k)::text) || '", "value": ' || (n * k) % 997 || '}', ', ')
    from generate_series(1, 10 + n % 8) k) || ']'
  when 'link' then '{"url": "https://example.com/' || n || '", "text": "Run ' || n || '"}'
  when 'image' then '"https://example.com/' || md5(n::text) || '.png"'
  when 'progress' then (n % 1001 / 10.0)::text
  else '{"n": ' || n || ', "note": "' || repeat('${WORDS}', 10) || '"}' end`;

/** Keys are used as in life: a few have thousands of versions, most a handful; 2 % of the artifacts have none. */
export function artifacts({ artifacts, keys, flowRuns, taskRuns }: Size): string[] {
  const key = `${oneOf(AREAS, "k", 31)} || '-' || ${oneOf(THINGS, "k", 32)} || '-' || k`;
  // A run publishes at about the time it runs; one artifact in five has no run, one in a hundred a run that is gone.
  const near = `least(${flowRuns}, greatest(1, (n::float8 / ${artifacts} * ${flowRuns})::int - floor(${draw("n", 41)} * 20)::int))`;
  return [
    `create temporary table run_place as select row_number() over (order by created, id)::int as place, id from flow_run`,
    `create temporary table task_place as select row_number() over (order by created, id)::int as place, id from task_run`,
    "create unique index on run_place (place)",
    "create unique index on task_place (place)",
    "analyze run_place",
    "analyze task_place",
    `create temporary table item as
      select n, id, key, case when key is not null then row_number() over (partition by key order by n) end as version,
        type, created, run, share
      from (select n, ${idAt("created", "n", 3)} as id, created, ${draw("n", 42)} as share, ${near} as run, ${TYPE} as type,
          case when ${draw("n", 43)} >= 0.02 then (select ${key} from (select 1 + floor(${keys} * power(${draw("n", 44)}, 2.5))::int as k) k) end as key
        from (select n, ${momentAt(`n::float8 / ${artifacts}`)} as created, ${draw("n", 45)} as draw
          from generate_series(1, ${artifacts}) n) n) item`,
    `create temporary table stuff as select n, id, type, ${DATA} as data from item`,
    `insert into artifact (id, key, version, type, description, metadata, flow_run_id, task_run_id, created, updated, size, rows, number)
      select i.id, key, version, i.type, case when i.n % 3 = 0 then '${WORDS}' || i.n end,
        case when i.n % 4 = 0 then jsonb_build_object('rows', i.n % 1000, 'source', 's3://bucket/' || i.n % 5000, 'ok', i.n % 7 <> 0) end,
        case when share < 0.79 then r.id when share < 0.8 then md5(i.n::text)::uuid end,
        case when share < 0.4 then t.id end, created,
        case when i.n % 20 = 0 then created + interval '1 hour' * ${draw("i.n", 46)} else created end,
        octet_length(data), case when i.type = 'table' then 10 + i.n % 8 end, case when i.type = 'progress' then data::float8 end
      from item i join stuff s on s.n = i.n left join run_place r on r.place = i.run
        left join task_place t on t.place = i.run * ${taskRuns / flowRuns} - i.n % ${taskRuns / flowRuns}
      order by i.n`,
    `insert into artifact_data (artifact_id, data) select id, data::json from stuff order by n`,
    `insert into artifact_collection (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
      select key, md5('collection' || key)::uuid, version, created, version, id, created, updated, type, flow_run_id, task_run_id
      from (select distinct on (key) * from artifact where key is not null order by key, version desc) latest order by created`,
    "drop table run_place, task_place, item, stuff",
  ];
}
