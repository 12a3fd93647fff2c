import { draw, idAt, momentAt, oneOf, type Size } from "./size";

const AREAS = ["sales", "billing", "climate", "orders", "search", "fraud", "stock", "users", "traffic", "energy"];
const DEEDS = ["etl", "report", "training", "scoring", "backup", "forecast", "cleanup", "sync", "audit", "export"];
const TAGS = ["prod", "nightly", "hourly", "eu", "us", "gpu", "backfill", "finance", "critical", "experimental"];

/** Flows, deployments, flow runs and task runs, as statements in their order. Few flows have most of the runs. */
export function runs({ flows, deployments, flowRuns, taskRuns }: Size): string[] {
  const flowOf = (n: string) => `(1 + floor(${flows} * power(${draw(n, 11)}, 2.5))::int)`;
  const flowId = (n: string) => `md5('flow' || ${n})::uuid`;
  const tags = (n: string, salt: number) =>
    `(select coalesce(array_agg(tag order by tag), '{}') from (select distinct ${oneOf(TAGS, `${n} * 8 + k`, salt)} as tag
      from generate_series(1, floor(${draw(n, salt + 1)} * 4)::int) k) t)`;
  return [
    `insert into flow (id, name, tags, created, updated)
      select ${flowId("n")}, ${oneOf(AREAS, "n", 1)} || '-' || ${oneOf(DEEDS, "n", 2)} || '-' || n, ${tags("n", 3)}, t, t
      from generate_series(1, ${flows}) n, (select ${momentAt("0.0")} as t) t`,
    `insert into deployment (id, flow_id, name, paused, work_queue_name, tags, created, updated)
      select md5('deployment' || n)::uuid, ${flowId(`(1 + (n - 1) % ${flows})`)}, ${oneOf(TAGS, "n", 5)} || '-' || n,
        n % 20 = 0, ${oneOf(["default", "gpu", "batch"], "n", 6)}, ${tags("n", 7)}, t, t
      from generate_series(1, ${deployments}) n, (select ${momentAt("0.0")} as t) t`,
    `insert into flow_run (id, flow_id, name, deployment_id, work_queue_name, flow_version, parameters, tags,
        state_type, state_name, state_timestamp, expected_start_time, start_time, end_time, created, updated)
      select ${idAt("t", "n", 1)}, ${flowId("flow")}, ${oneOf(AREAS, "n", 13)} || '-' || ${oneOf(DEEDS, "n", 14)} || '-' || n,
        case when ${draw("n", 15)} < 0.7 then md5('deployment' || case when flow <= ${deployments - flows}
          and n % 2 = 0 then flow + ${flows} else flow end)::uuid end,
        ${oneOf(["default", "gpu", "batch"], "n", 16)}, '1.' || n / 10000, jsonb_build_object('date', t::date, 'n', n),
        ${tags("n", 17)}, state, initcap(state), t + interval '2 minutes', t,
        case when state <> 'SCHEDULED' then t + interval '3 seconds' end,
        case when state not in ('SCHEDULED', 'RUNNING') then t + interval '2 minutes' end, t, t + interval '2 minutes'
      from (select n, ${flowOf("n")} as flow, ${momentAt(`n / ${flowRuns}.0::float8`)} as t, ${stateOf("n", flowRuns)} as state
        from generate_series(1, ${flowRuns}) n) run`,
    `insert into task_run (id, flow_run_id, task_key, dynamic_key, name, tags, state_type, state_name, state_timestamp,
        expected_start_time, start_time, end_time, created, updated)
      select ${idAt("fr.created", "n", 2)}, fr.id, ${oneOf(DEEDS, "n", 21)}, (n % ${taskRuns / flowRuns})::text,
        ${oneOf(DEEDS, "n", 21)} || '-' || n, ${tags("n", 22)}, fr.state_type, fr.state_name, fr.state_timestamp,
        fr.expected_start_time, fr.start_time, fr.end_time, fr.created, fr.updated
      from (select *, row_number() over (order by created, id) as place from flow_run) fr,
        generate_series((fr.place - 1) * ${taskRuns / flowRuns} + 1, fr.place * ${taskRuns / flowRuns}) n`,
    `update flow_run set parent_task_run_id = parent.id
      from (select id, row_number() over (order by created, id) as place from task_run) parent,
        (select id, row_number() over (order by created, id) as place from flow_run) child
      where child.id = flow_run.id and child.place % 100 = 0 and parent.place = child.place`,
  ];
}

/** Nearly all completed; only the newest hundredth is still under way or to come. */
function stateOf(n: string, flowRuns: number): string {
  return `case when ${n} > ${Math.floor(flowRuns * 0.998)} then 'SCHEDULED' when ${n} > ${Math.floor(flowRuns * 0.99)} then 'RUNNING'
    when ${draw(n, 18)} < 0.08 then 'FAILED' when ${draw(n, 18)} < 0.1 then 'CANCELLED'
    when ${draw(n, 18)} < 0.11 then 'CRASHED' else 'COMPLETED' end`;
}
