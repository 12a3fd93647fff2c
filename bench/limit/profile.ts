import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { table } from "../harness/markdown";

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const MAX_ROWS = 15;

/** Reads the CPU profile in `folder` and returns tables of the packages and functions with the largest self time. */
export async function summarizeProfile(folder: string): Promise<string> {
  const [file] = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
  if (!file) throw new Error("Node.js wrote no CPU profile; it was not stopped cleanly.");
  const profile: Profile = JSON.parse(await readFile(join(folder, file), "utf8"));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  let busy = 0;
  for (const [i, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === "(idle)") continue;
    const duration = profile.timeDeltas[i] ?? 0;
    busy += duration;
    const from = packageOf(frame.url, frame.functionName);
    add(packages, from, duration);
    add(functions, `${frame.functionName || "(anonymous)"} · ${from}`, duration);
  }
  const share = ([name, duration]: [string, number]) => [name, `${((100 * duration) / busy).toFixed(1)} %`];
  return [
    "Where Vitrine's process spends its time (self time, `node --cpu-prof`, all three requests in turn), by package:",
    table(["package", "share"], largest(packages).map(share)),
    "By function:",
    table(["function", "share"], largest(functions).map(share)),
  ].join("\n\n");
}

function largest(shares: Map<string, number>): [string, number][] {
  return [...shares].sort(([, a], [, b]) => b - a).slice(0, MAX_ROWS);
}

function add(shares: Map<string, number>, name: string, duration: number): void {
  shares.set(name, (shares.get(name) ?? 0) + duration);
}

function packageOf(url: string, functionName: string): string {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (name) return name;
  if (url.endsWith("dist/main.js")) return "vitrine";
  if (url.startsWith("node:")) return url.startsWith("node:internal") ? "node (internal)" : url;
  return functionName === "(garbage collector)" ? "garbage collector" : "engine and system calls";
}
