import { quantile } from "../harness/measure";
import { sendRequests } from "./http-connection";
import type { LoadJob, LoadRequest, LoadResult } from "./protocol";

process.on("message", async (job: LoadJob) => {
  process.send?.(await run(job).catch((error: unknown) => ({ error: String(error) })));
});

async function run({ port, connections, seconds, warmUp, requests, once }: LoadJob): Promise<LoadResult> {
  const encoded = requests.map((request) => encodeRequest(request, port));
  const from = performance.now() + warmUp * 1_000;
  const until = from + seconds * 1_000;
  const durations: number[] = [];
  const errors: Record<string, number> = {};
  let sent = 0;
  let last = from;
  const next = () => {
    if (performance.now() > until || (once && sent >= encoded.length)) return undefined;
    return encoded[sent++ % encoded.length];
  };
  const onResponse = (status: number, duration: number) => {
    const now = performance.now();
    if (now < from) return;
    last = now;
    durations.push(duration);
    if (status < 200 || status > 299) errors[status] = (errors[status] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: connections }, () => sendRequests(port, next, onResponse)));
  return {
    perSecond: (durations.length * 1_000) / (last - from),
    median: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
    responses: durations.length,
    errors,
  };
}

function encodeRequest({ method, path, body }: LoadRequest, port: number): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, "accept: application/json"];
  if (body !== undefined) lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
}
