import { pickSql, randomSql, timestampSql, uuidSql, type VolumeSize } from "./size";

const AREAS = ["sales", "billing", "climate", "orders", "search", "fraud", "stock", "users", "traffic", "energy"];
const TASKS = ["etl", "report", "training", "scoring", "backup", "forecast", "cleanup", "sync", "audit", "export"];
const TAGS = ["prod", "nightly", "hourly", "eu", "us", "gpu", "backfill", "finance", "critical", "experimental"];

/** Statements that insert flows, deployments, flow runs and task runs. A few flows have most of the runs. */
export function runStatements({ flows, deployments, flowRuns, taskRuns }: VolumeSize): string[] {
  const flowOf = (n: string) => `(1 + floor(${flows} * power(${randomSql(n, 11)}, 2.5))::int)`;
  const flowId = (n: string) => `md5('flow' || ${n})::uuid`;
  const tags = (n: string, salt: number) =>
    `(select coalesce(array_agg(tag order by tag), '{}') from (select distinct ${pickSql(TAGS, `${n} * 8 + k`, salt)} as tag
      from generate_series(1, floor(${randomSql(n, salt + 1)} * 4)::int) k) t)`;
  return [
    `insert into flow (id, name, tags, created, updated)
      select ${flowId("n")}, ${pickSql(AREAS, "n", 1)} || '-' || ${pickSql(TASKS, "n", 2)} || '-' || n, ${tags("n", 3)}, t, t
      from generate_series(1, ${flows}) n, (select ${timestampSql("0.0")} as t) t`,
    `insert into deployment (id, flow_id, name, paused, work_queue_name, tags, created, updated)
      select md5('deployment' || n)::uuid, ${flowId(`(1 + (n - 1) % ${flows})`)}, ${pickSql(TAGS, "n", 5)} || '-' || n,
        n % 20 = 0, ${pickSql(["default", "gpu", "batch"], "n", 6)}, ${tags("n", 7)}, t, t
      from generate_series(1, ${deployments}) n, (select ${timestampSql("0.0")} as t) t`,
    `insert into flow_run (id, flow_id, name, deployment_id, work_queue_name, flow_version, parameters, tags,
        state_type, state_name, state_timestamp, expected_start_time, start_time, end_time, created, updated)
      select ${uuidSql("t", "n", 1)}, ${flowId("flow")}, ${pickSql(AREAS, "n", 13)} || '-' || ${pickSql(TASKS, "n", 14)} || '-' || n,
        case when ${randomSql("n", 15)} < 0.7 then md5('deployment' || case when flow <= ${deployments - flows}
          and n % 2 = 0 then flow + ${flows} else flow end)::uuid end,
        ${pickSql(["default", "gpu", "batch"], "n", 16)}, '1.' || n / 10000, jsonb_build_object('date', t::date, 'n', n),
        ${tags("n", 17)}, state, initcap(state), t + interval '2 minutes', t,
        case when state <> 'SCHEDULED' then t + interval '3 seconds' end,
        case when state not in ('SCHEDULED', 'RUNNING') then t + interval '2 minutes' end, t, t + interval '2 minutes'
      from (select n, ${flowOf("n")} as flow, ${timestampSql(`n / ${flowRuns}.0::float8`)} as t, ${stateSql("n", flowRuns)} as state
        from generate_series(1, ${flowRuns}) n) run`,
    `insert into task_run (id, flow_run_id, task_key, dynamic_key, name, tags, state_type, state_name, state_timestamp,
        expected_start_time, start_time, end_time, created, updated)
      select ${uuidSql("fr.created", "n", 2)}, fr.id, ${pickSql(TASKS, "n", 21)}, (n % ${taskRuns / flowRuns})::text,
        ${pickSql(TASKS, "n", 21)} || '-' || n, ${tags("n", 22)}, fr.state_type, fr.state_name, fr.state_timestamp,
        fr.expected_start_time, fr.start_time, fr.end_time, fr.created, fr.updated
      from (select *, row_number() over (order by created, id) as position from flow_run) fr,
        generate_series((fr.position - 1) * ${taskRuns / flowRuns} + 1, fr.position * ${taskRuns / flowRuns}) n`,
    `update flow_run set parent_task_run_id = parent.id
      from (select id, row_number() over (order by created, id) as position from task_run) parent,
        (select id, row_number() over (order by created, id) as position from flow_run) child
      where child.id = flow_run.id and child.position % 100 = 0 and parent.position = child.position`,
  ];
}

/** Nearly all are completed; only the newest hundredth is running or scheduled. */
function stateSql(n: string, flowRuns: number): string {
  return `case when ${n} > ${Math.floor(flowRuns * 0.998)} then 'SCHEDULED' when ${n} > ${Math.floor(flowRuns * 0.99)} then 'RUNNING'
    when ${randomSql(n, 18)} < 0.08 then 'FAILED' when ${randomSql(n, 18)} < 0.1 then 'CANCELLED'
    when ${randomSql(n, 18)} < 0.11 then 'CRASHED' else 'COMPLETED' end`;
}
