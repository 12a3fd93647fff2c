import type { Database } from "#db/postgres";

/** Values of one database to query by. Each call returns the next one, so that no single row stays in the cache. */
export interface Samples {
  ids: () => string;
  keys: () => string;
  /** Keys with the most versions. */
  longKeys: () => string;
  types: () => string;
  /** Flows with many runs, and those with few. */
  busyFlows: () => { id: string; name: string };
  quietFlows: () => { id: string; name: string };
  deployments: () => string;
  runs: () => string;
  tags: () => string;
}

const SAMPLE_SIZE = 200;

/** Reads values that are spread over all rows. */
export async function readSamples(db: Database): Promise<Samples> {
  const texts = async (statement: string) => cycle((await db.execute(statement)).map(({ value }) => String(value)));
  const flows = await db.execute<{ id: string; name: string; runs: number }>(
    "select f.id, f.name, count(*)::int as runs from flow f join flow_run r on r.flow_id = f.id group by f.id order by 3",
  );
  const spread = (table: string, value: string, where: string) =>
    `select ${value} as value from (select *, row_number() over (order by md5(${value}::text)) as position from ${table}
      where ${where}) spread where position <= ${SAMPLE_SIZE}`;
  return {
    ids: await texts(spread("artifact", "id", "true")),
    keys: await texts(spread("artifact_collection", "key", "latest_id is not null")),
    longKeys: await texts("select key as value from artifact_collection order by live desc, key limit 10"),
    types: cycle(["markdown", "table", "link", "image", "progress", "result"]),
    busyFlows: cycle(flows.slice(-10)),
    quietFlows: cycle(flows.slice(0, 50)),
    deployments: await texts(spread("deployment", "id", "true")),
    runs: await texts(spread("artifact", "flow_run_id", "flow_run_id is not null")),
    tags: cycle(["prod", "nightly", "hourly", "eu", "us", "gpu"]),
  };
}

function cycle<T>(values: T[]): () => T {
  let index = 0;
  return () => {
    const value = values[index++ % values.length];
    if (value === undefined) throw new Error("The database has no value for a query; delete .bench/ to fill it again.");
    return value;
  };
}
