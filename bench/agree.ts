import { ArtifactCount, ArtifactList } from "#contract/artifact";
import { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import { startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { startPrefect } from "./peer/prefect";
import { toPrefectCollectionFilter, toPrefectFilter } from "./peer/prefect-filters";
import { PREFECT_VERSION } from "./peer/python";
import { type FilterValues, randomFilters, seededRandom } from "./peer/random-filters";
import { NOUNS, type Noun } from "./queries/calls";
import { filledDatabase } from "./volume/generate";

const SIZE = 10_000;
const FILTERS = Number(process.argv[2] ?? 500);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);

const PREFECT_ENDPOINTS = {
  artifact: { path: "artifacts", toFilter: toPrefectFilter, id: "id" },
  collection: { path: "artifacts/latest", toFilter: toPrefectCollectionFilter, id: "latest_id" },
} as const;

interface Mismatch {
  noun: Noun;
  where: Where;
  ours: string;
  theirs: string;
}

await using postgres = await startPostgres();
const { db } = await filledDatabase(postgres, SIZE);
await using prefect = await startPrefect(postgres, SIZE);
const nextFilter = randomFilters(await readFilterValues(db), seededRandom(SEED));
const mismatches: Mismatch[] = [];
let nonEmpty = 0;
for (let turn = 0; turn < FILTERS; turn++) {
  const where = Where.parse(nextFilter());
  for (const noun of ["artifact", "collection"] as const) {
    const [ours, theirs] = await Promise.all([queryVitrine(noun, where), queryPrefect(noun, where)]);
    if (ours !== theirs) mismatches.push({ noun, where, ours: ours.slice(0, 200), theirs: theirs.slice(0, 200) });
    else if (!ours.startsWith("0:")) nonEmpty += 1;
  }
}
const lines = mismatches.slice(0, 20).map((each) => `    ${JSON.stringify(each)}`);
await writeSection(
  "agree",
  [
    `${FILTERS} random filters (seed ${SEED}), sent to Vitrine and to Prefect ${PREFECT_VERSION} over the same ${SIZE.toLocaleString("en-US")} artifacts, as versions and as collections; compared are the count and the ids of the first 200 in order. ${2 * FILTERS - mismatches.length} of ${2 * FILTERS} responses are equal, ${nonEmpty} of them not empty. Left out are known bugs of Prefect (an object without criteria under \`or\`, \`any\` beside \`notAny\` of a state, the concurrency limit).`,
    ...(lines.length > 0 ? [`Different:\n\n${lines.join("\n")}`] : []),
  ].join("\n\n"),
);
process.exitCode = mismatches.length > 0 ? 1 : 0;

async function queryVitrine(noun: Noun, where: Where): Promise<string> {
  const model = NOUNS[noun];
  const rows = await model.list(db, ArtifactList.parse({ where, sort: "CREATED_DESC", limit: 200 }));
  return `${await model.total(db, ArtifactCount.parse({ where }))}: ${rows.map(({ id }) => id).join(" ")}`;
}

async function queryPrefect(noun: Noun, where: Where): Promise<string> {
  const { path, toFilter, id } = PREFECT_ENDPOINTS[noun];
  const rows = await postToPrefect(`${path}/filter`, { ...Object(toFilter(where)), sort: "CREATED_DESC", limit: 200 });
  const count = await postToPrefect(`${path}/count`, toFilter(where));
  if (!Array.isArray(rows)) return `Prefect returned ${JSON.stringify(rows)}`;
  return `${count}: ${rows.map((row) => row[id]).join(" ")}`;
}

async function postToPrefect(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${prefect.port}/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function readFilterValues(db: Database): Promise<FilterValues> {
  const texts = async (table: string, value: string, limit = 300, where = "true") => {
    const from = `(select distinct ${value} as value from ${table} where ${where}) t`;
    const rows = await db.execute(`select value from ${from} order by md5(value::text) limit ${limit}`);
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
    timestamps: await texts("artifact", `to_char(created, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`, 300),
  };
}
