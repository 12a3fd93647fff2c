import { quantile } from "../harness/measure";
import type { Job, Load, Sent } from "./job";
import { talk } from "./socket";

process.on("message", async (job: Job) => {
  process.send?.(await run(job).catch((error: unknown) => ({ error: String(error) })));
});

async function run({ port, connections, seconds, warmUp, requests, once }: Job): Promise<Load> {
  const bytes = requests.map((request) => bytesOf(request, port));
  const from = performance.now() + warmUp * 1_000;
  const until = from + seconds * 1_000;
  const taken: number[] = [];
  const failed: Record<string, number> = {};
  let turn = 0;
  let last = from;
  const next = () => {
    if (performance.now() > until || (once && turn >= bytes.length)) return undefined;
    return bytes[turn++ % bytes.length];
  };
  const heard = (status: number, took: number) => {
    const now = performance.now();
    if (now < from) return;
    last = now;
    taken.push(took);
    if (status < 200 || status > 299) failed[status] = (failed[status] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: connections }, () => talk(port, next, heard)));
  const perSecond = (taken.length * 1_000) / (last - from);
  return { perSecond, median: quantile(taken, 0.5), p99: quantile(taken, 0.99), answers: taken.length, failed };
}

function bytesOf({ method, path, body }: Sent, port: number): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, "accept: application/json"];
  if (body !== undefined) lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
}
