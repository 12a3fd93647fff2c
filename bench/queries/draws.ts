import type { Database } from "#db/postgres";

/** Values of one database that queries ask for; each call gets another one, so that no single row is warmer than life. */
export interface Draws {
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

const POOL = 200;

/** Reads the values, spread over all rows. */
export async function drawsOf(db: Database): Promise<Draws> {
  const texts = async (statement: string) => turns((await db.execute(statement)).map(({ value }) => String(value)));
  const flows = await db.execute<{ id: string; name: string; runs: number }>(
    "select f.id, f.name, count(*)::int as runs from flow f join flow_run r on r.flow_id = f.id group by f.id order by 3",
  );
  const spread = (table: string, value: string, where: string) =>
    `select ${value} as value from (select *, row_number() over (order by md5(${value}::text)) as place from ${table}
      where ${where}) spread where place <= ${POOL}`;
  return {
    ids: await texts(spread("artifact", "id", "true")),
    keys: await texts(spread("artifact_collection", "key", "latest_id is not null")),
    longKeys: await texts("select key as value from artifact_collection order by live desc, key limit 10"),
    types: turns(["markdown", "table", "link", "image", "progress", "result"]),
    busyFlows: turns(flows.slice(-10)),
    quietFlows: turns(flows.slice(0, 50)),
    deployments: await texts(spread("deployment", "id", "true")),
    runs: await texts(spread("artifact", "flow_run_id", "flow_run_id is not null")),
    tags: turns(["prod", "nightly", "hourly", "eu", "us", "gpu"]),
  };
}

function turns<T>(values: T[]): () => T {
  let turn = 0;
  return () => {
    const value = values[turn++ % values.length];
    if (value === undefined) throw new Error("The volume lacks what a query asks for: fill it again.");
    return value;
  };
}
