import { FlowPage } from "#contract/flow";
import { FlowRunCount, FlowRunPage } from "#contract/flow-run";
import { TaskRunPage } from "#contract/task-run";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { folders } from "#server/models/collection";
import * as flows from "#server/models/flow";
import * as flowRuns from "#server/models/flow-run";
import { reachable } from "#server/models/reach";
import * as taskRuns from "#server/models/task-run";
import { formatMs, table } from "./harness/markdown";
import { median, timeRounds } from "./harness/measure";
import { startPostgres } from "./harness/postgres";
import { count, facets, firstPage, type Noun } from "./queries/calls";
import { filledDatabase } from "./volume/generate";

/** The number of artifacts, from the command line or the default size. */
const SIZE = Number(process.argv[2] ?? 1_000_000);

/** All keys, a twelfth of them, a few, and some that no prefix names. */
const PATTERNS = [null, "sales-*", "sales-report-7*", "*-report-*"];

const ROUNDS = 10;
const TYPE: Where = { artifacts: { type: { any: ["table"] } } };

/** What a role reads through the database that it reaches. */
const QUERIES: [name: string, run: (db: Database) => Promise<unknown>][] = [
  ["latest version of a key", (db) => artifacts.latest(db, { key: "sales-report-7" }).catch(() => {})],
  ...(["artifact", "collection"] as const).flatMap((noun: Noun): typeof QUERIES => [
    [`page of 50 ${noun}s`, (db) => firstPage(db, noun, undefined, "CREATED_DESC")],
    [`page of 50 ${noun}s by key`, (db) => firstPage(db, noun, undefined, "KEY_ASC")],
    [`page of 50 ${noun}s by type`, (db) => firstPage(db, noun, TYPE, "CREATED_DESC")],
    [`count of ${noun}s to 10,000`, (db) => count(db, noun, undefined, 10_000)],
    [`exact count of ${noun}s`, (db) => count(db, noun, undefined)],
    [`facets of ${noun}s`, (db) => facets(db, noun, undefined)],
  ]),
  ["folders of keys", (db) => folders(db, { folder: "" }, false)],
  ["page of 50 flows", (db) => flows.page(db, FlowPage.parse({}))],
  ["page of 50 flow runs", (db) => flowRuns.page(db, FlowRunPage.parse({}))],
  ["count of flow runs to 10,000", (db) => flowRuns.total(db, FlowRunCount.parse({ atMost: 10_000 }))],
  ["page of 50 task runs", (db) => taskRuns.page(db, TaskRunPage.parse({}))],
];

await using postgres = await startPostgres();
const { pools } = await filledDatabase(postgres, SIZE);
const databases = PATTERNS.map((keys) => ({ keys, db: reachable(pools.searches, keys) }));
const times = await timeRounds(
  databases.flatMap(({ keys, db }) => QUERIES.map(([name, run]) => ({ name: `${name}@${keys}`, run: () => run(db) }))),
  ROUNDS,
);
const sizes = await Promise.all(
  databases.map(async ({ db }) => {
    const [versions, keys] = await Promise.all([count(db, "artifact", undefined), count(db, "collection", undefined)]);
    return `${versions.toLocaleString("en-US")} versions of ${keys.toLocaleString("en-US")} keys`;
  }),
);
process.stdout.write(
  `${[
    `Medians of ${ROUNDS} interleaved rounds through the models, in milliseconds, by the key patterns of the role: all keys (${sizes[0]}), ${databases
      .slice(1)
      .map(({ keys }, index) => `\`${keys}\` (${sizes[index + 1]})`)
      .join(", ")}.`,
    table(
      ["query", ...PATTERNS.map((keys) => (keys === null ? "all keys" : `\`${keys}\``))],
      QUERIES.map(([name]) => [name, ...PATTERNS.map((keys) => formatMs(median(times.get(`${name}@${keys}`) ?? [])))]),
    ),
  ].join("\n\n")}\n`,
);
process.exit(0);
