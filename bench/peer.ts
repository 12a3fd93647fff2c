import { median } from "./harness/measure";
import { startPlace, tell } from "./harness/postgres";
import { publish, table, times } from "./harness/report";
import { startVitrine } from "./harness/server";
import type { Load } from "./load/job";
import { startLoad } from "./load/load";
import { type Operation, operations } from "./peer/operations";
import { startPrefect } from "./peer/prefect";
import { PREFECT } from "./peer/python";
import { filled } from "./volume/generate";

/** How many artifacts both hold. */
const SIZE = Number(process.argv[2] ?? 100_000);

const ROUNDS = Number(process.argv[3] ?? 3);
const CONNECTIONS = 32;
const SECONDS = 3;

await using place = await startPlace();
// A copy: what is written here must not change what other benchmarks read.
const copy = `peer_${SIZE}`;
await place.drop(copy);
const { db, close } = await filled(place, SIZE, copy);
const all = await operations(db, SIZE, ROUNDS);
await close();
await using prefect = await startPrefect(place, SIZE);
await using vitrine = await startVitrine(place.url(copy));
using load = startLoad();

const found = new Map<string, Load[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const operation of all) await both(operation, round);
}
await publish("peer", report());

/** One operation at both, turn about: who begins changes with the round. */
async function both(operation: Operation, round: number): Promise<void> {
  const ours = Object.entries(waysOf(operation)).map(([way, sent]) => ({
    name: `${operation.name}/${way}`,
    port: vitrine.port,
    sent,
  }));
  const theirs = { name: `${operation.name}/prefect`, port: prefect.port, sent: operation.prefect };
  for (const { name, port, sent } of round % 2 === 0 ? [theirs, ...ours] : [...ours, theirs]) {
    const job = { port, connections: CONNECTIONS, seconds: SECONDS, warmUp: operation.once ? 0 : 0.5 };
    const answer = await load.run({ ...job, requests: sent(round), once: operation.once ?? false });
    if (Object.keys(answer.failed).length > 0) tell(`${name}: not 2xx ${JSON.stringify(answer.failed)}`);
    found.set(name, [...(found.get(name) ?? []), answer]);
  }
}

/** Our ways to do it: by tRPC, and by the very requests that Prefect gets. */
function waysOf({ vitrine, prefect, rest = prefect }: Operation): Operation["vitrine"] {
  return { ...vitrine, "through REST": rest };
}

function report(): string {
  const rows = all.flatMap((operation) => {
    const { name } = operation;
    const theirs = middle(`${name}/prefect`);
    return Object.keys(waysOf(operation)).map((way) => {
      const ours = middle(`${name}/${way}`);
      return [
        way ? `${name}, ${way}` : name,
        rate(ours.perSecond),
        rate(theirs.perSecond),
        `**${times(ours.perSecond / theirs.perSecond)}**`,
        ours.p99.toFixed(1),
        theirs.p99.toFixed(0),
        times(theirs.p99 / ours.p99),
      ];
    });
  });
  const head = ["operation", "Vitrine /s", "Prefect /s", "ratio", "Vitrine p99 ms", "Prefect p99 ms", "ratio of p99"];
  return [
    `Vitrine through its tRPC door and through its REST door, and Prefect ${PREFECT} (no background services) through its REST API: ${SIZE.toLocaleString("en-US")} artifacts in two databases of one PostgreSQL with the same rows, ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${SECONDS} s, turn about. The load comes from a process of its own on the same machine, and costs both the same. Lists through REST always carry the data.`,
    table(head, rows),
  ].join("\n\n");
}

function middle(name: string): Pick<Load, "perSecond" | "p99"> {
  const loads = found.get(name) ?? [];
  return { perSecond: median(loads.map((each) => each.perSecond)), p99: median(loads.map((each) => each.p99)) };
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString("en-US");
}
