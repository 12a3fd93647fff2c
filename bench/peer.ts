import { formatRatio, table } from "./harness/markdown";
import { median } from "./harness/measure";
import { log, startPostgres } from "./harness/postgres";
import { writeSection } from "./harness/report";
import { startVitrine } from "./harness/server";
import { startLoadGenerator } from "./load/generator";
import type { LoadResult } from "./load/protocol";
import { type Operation, peerOperations } from "./peer/operations";
import { startPrefect } from "./peer/prefect";
import { PREFECT_VERSION } from "./peer/python";
import { filledDatabase } from "./volume/generate";

/** Number of artifacts in both databases. */
const SIZE = Number(process.argv[2] ?? 100_000);

const ROUNDS = Number(process.argv[3] ?? 3);
const CONNECTIONS = 32;
const SECONDS = 3;

await using postgres = await startPostgres();
// A copy, because this benchmark writes and others read the original.
const copy = `peer_${SIZE}`;
await postgres.drop(copy);
const { db, close } = await filledDatabase(postgres, SIZE, copy);
const all = await peerOperations(db, SIZE, ROUNDS);
await close();
await using prefect = await startPrefect(postgres, SIZE);
await using vitrine = await startVitrine(postgres.url(copy));
using generator = startLoadGenerator();

const results = new Map<string, LoadResult[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const operation of all) await measureBoth(operation, round);
}
await writeSection("peer", report(), SIZE === 100_000);

/** Runs one operation on both servers; the order alternates with the round. */
async function measureBoth(operation: Operation, round: number): Promise<void> {
  const ours = Object.entries(variantsOf(operation)).map(([variant, requests]) => ({
    name: `${operation.name}/${variant}`,
    port: vitrine.port,
    requests,
  }));
  const theirs = { name: `${operation.name}/prefect`, port: prefect.port, requests: operation.prefect };
  for (const { name, port, requests } of round % 2 === 0 ? [theirs, ...ours] : [...ours, theirs]) {
    const job = { port, connections: CONNECTIONS, seconds: SECONDS, warmUp: operation.once ? 0 : 0.5 };
    const result = await generator.run({ ...job, requests: requests(round), once: operation.once ?? false });
    if (Object.keys(result.errors).length > 0) log(`${name} returned errors: ${JSON.stringify(result.errors)}`);
    results.set(name, [...(results.get(name) ?? []), result]);
  }
}

/** Vitrine's variants of an operation: through tRPC, and with the same REST requests that Prefect gets. */
function variantsOf({ vitrine, prefect, rest = prefect }: Operation): Operation["vitrine"] {
  return { ...vitrine, "through REST": rest };
}

function report(): string {
  const rows = all.flatMap((operation) => {
    const { name } = operation;
    const theirs = medianOf(`${name}/prefect`);
    return Object.keys(variantsOf(operation)).map((variant) => {
      const ours = medianOf(`${name}/${variant}`);
      return [
        variant ? `${name}, ${variant}` : name,
        rate(ours.perSecond),
        rate(theirs.perSecond),
        `**${formatRatio(ours.perSecond / theirs.perSecond)}**`,
        ours.p99.toFixed(1),
        theirs.p99.toFixed(0),
        formatRatio(theirs.p99 / ours.p99),
      ];
    });
  });
  const head = ["operation", "Vitrine /s", "Prefect /s", "ratio", "Vitrine p99 ms", "Prefect p99 ms", "ratio of p99"];
  return [
    `Vitrine through tRPC and through its REST API, and Prefect ${PREFECT_VERSION} (without background services) through its REST API: ${SIZE.toLocaleString("en-US")} artifacts in two databases of one PostgreSQL with the same rows, ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${SECONDS} s, alternating. A separate process on the same machine generates the load, which costs both servers the same. Lists through REST always include the data.`,
    table(head, rows),
  ].join("\n\n");
}

function medianOf(name: string): Pick<LoadResult, "perSecond" | "p99"> {
  const loads = results.get(name) ?? [];
  return { perSecond: median(loads.map((each) => each.perSecond)), p99: median(loads.map((each) => each.p99)) };
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString("en-US");
}
