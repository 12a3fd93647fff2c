import { ArtifactCount, ArtifactList } from "#contract/artifact";
import { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import { startPlace } from "./harness/postgres";
import { publish } from "./harness/report";
import { startPrefect } from "./peer/prefect";
import { PREFECT } from "./peer/python";
import { filtersFrom, seeded, type Values } from "./peer/random";
import { prefectCollectionDialect, prefectDialect } from "./peer/rest-filters";
import { NOUNS, type Noun } from "./queries/calls";
import { filled } from "./volume/generate";

const SIZE = 10_000;
const FILTERS = Number(process.argv[2] ?? 500);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);

const SPEECH = {
  artifact: { path: "artifacts", dialect: prefectDialect, id: "id" },
  collection: { path: "artifacts/latest", dialect: prefectCollectionDialect, id: "latest_id" },
} as const;

interface Mismatch {
  noun: Noun;
  where: Where;
  ours: string;
  theirs: string;
}

await using place = await startPlace();
const { db } = await filled(place, SIZE);
await using prefect = await startPrefect(place, SIZE);
const next = filtersFrom(await valuesOf(db), seeded(SEED));
const mismatches: Mismatch[] = [];
let matched = 0;
for (let turn = 0; turn < FILTERS; turn++) {
  const where = Where.parse(next());
  for (const noun of ["artifact", "collection"] as const) {
    const [ours, theirs] = await Promise.all([oursOf(noun, where), theirsOf(noun, where)]);
    if (ours !== theirs) mismatches.push({ noun, where, ours: ours.slice(0, 200), theirs: theirs.slice(0, 200) });
    else if (!ours.startsWith("0:")) matched += 1;
  }
}
const lines = mismatches.slice(0, 20).map((each) => `    ${JSON.stringify(each)}`);
await publish(
  "agree",
  [
    `${FILTERS} random filters (seed ${SEED}), asked of Vitrine and of Prefect ${PREFECT} over the same ${SIZE.toLocaleString("en-US")} artifacts, as versions and as collections: count, and the ids of the first 200 in order. ${2 * FILTERS - mismatches.length} of ${2 * FILTERS} answers are the same, ${matched} of them not empty. Left out is what Prefect gets wrong (an object without criteria under \`or\`, \`any\` beside \`notAny\` of a state, the concurrency limit).`,
    ...(lines.length > 0 ? [`Not the same:\n\n${lines.join("\n")}`] : []),
  ].join("\n\n"),
);
process.exitCode = mismatches.length > 0 ? 1 : 0;

async function oursOf(noun: Noun, where: Where): Promise<string> {
  const model = NOUNS[noun];
  const rows = await model.list(db, ArtifactList.parse({ where, sort: "CREATED_DESC", limit: 200 }), JSON.parse);
  return `${await model.total(db, ArtifactCount.parse({ where }))}: ${rows.map(({ id }) => id).join(" ")}`;
}

async function theirsOf(noun: Noun, where: Where): Promise<string> {
  const { path, dialect, id } = SPEECH[noun];
  const rows = await ask(`${path}/filter`, { ...Object(dialect(where)), sort: "CREATED_DESC", limit: 200 });
  const count = await ask(`${path}/count`, dialect(where));
  if (!Array.isArray(rows)) return `Prefect answers ${JSON.stringify(rows)}`;
  return `${count}: ${rows.map((row) => row[id]).join(" ")}`;
}

async function ask(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${prefect.port}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

async function valuesOf(store: Database): Promise<Values> {
  const texts = async (table: string, value: string, most = 300, where = "true") => {
    const from = `(select distinct ${value} as value from ${table} where ${where}) t`;
    const rows = await store.execute(`select value from ${from} order by md5(value::text) limit ${most}`);
    return rows.map((row) => String(row.value));
  };
  const used = "id in (select flow_run_id from artifact)";
  const usedTasks = "id in (select task_run_id from artifact)";
  return {
    artifacts: await texts("artifact", "id", 2_000),
    keys: await texts("artifact", "key", 2_000, "key is not null"),
    flowRuns: await texts("flow_run", "id", 2_000, used),
    flowRunNames: await texts("flow_run", "name", 2_000, used),
    taskRuns: await texts("task_run", "id", 2_000, usedTasks),
    taskRunNames: await texts("task_run", "name", 2_000, usedTasks),
    parents: await texts("flow_run", "parent_task_run_id", 300, "parent_task_run_id is not null"),
    deployments: await texts("deployment", "id"),
    deploymentNames: await texts("deployment", "name"),
    flows: await texts("flow", "id"),
    flowNames: await texts("flow", "name"),
    tags: await texts("flow_run", "unnest(tags)"),
    moments: await texts("artifact", `to_char(created, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`, 300),
  };
}
