import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../harness/report";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const SHOWN = 15;

/** What a CPU profile says: the share of each package in the time that was not idle, and the functions with most of it. */
export async function summary(folder: string): Promise<string> {
  const [file] = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
  if (!file) throw new Error("Node wrote no CPU profile: it was not stopped in an orderly way.");
  const profile: Profile = JSON.parse(await readFile(join(folder, file), "utf8"));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  let busy = 0;
  for (const [i, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === "(idle)") continue;
    const took = profile.timeDeltas[i] ?? 0;
    busy += took;
    const from = packageOf(frame.url, frame.functionName);
    add(packages, from, took);
    add(functions, `${frame.functionName || "(anonymous)"} · ${from}`, took);
  }
  const share = ([name, took]: [string, number]) => [name, `${((100 * took) / busy).toFixed(1)} %`];
  return [
    "Where our side's time goes (self time of the process, `node --cpu-prof`, all three requests in turns), by package:",
    table(["package", "share"], largest(packages).map(share)),
    "and by function:",
    table(["function", "share"], largest(functions).map(share)),
  ].join("\n\n");
}

function largest(shares: Map<string, number>): [string, number][] {
  return [...shares].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
}

function add(shares: Map<string, number>, name: string, took: number): void {
  shares.set(name, (shares.get(name) ?? 0) + took);
}

function packageOf(url: string, functionName: string): string {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (name) return name;
  if (url.endsWith("dist/main.js")) return "vitrine";
  if (url.startsWith("node:")) return url.startsWith("node:internal") ? "node (internal)" : url;
  return functionName === "(garbage collector)" ? "garbage collector" : "engine and system calls";
}
