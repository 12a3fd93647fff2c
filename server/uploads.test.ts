import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { freshDatabase } from "#test/database";
import { createServerFolder } from "#test/server-process";

const MIB = 1024 * 1024;
/** Together more than they may take. */
const UPLOADS = inject("runs") > 1 ? 20 : 12;
const SIZE = 63 * MIB;

/** The most memory that a process had at any time, in bytes (`/proc`, Linux). */
async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

interface Uploaded {
  status: number;
  retryAfter: string | undefined;
}

const KEYS = ["one", "other"];

/** Publishes data of 63 MiB, with the keys in turn. */
function upload(url: string, number: number): Promise<Uploaded> {
  const chunk = Buffer.alloc(MIB, "x");
  const [head, tail] = ['{"data":"', '"}'];
  const headers = {
    authorization: `Bearer a-secret-of-${KEYS[number % KEYS.length]}`,
    "content-type": "application/json",
    "content-length": SIZE + head.length + tail.length,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/trpc/artifact.create`, { method: "POST", headers, agent: false }, (response) => {
      response.resume().on("end", () => {
        sent.destroy();
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
      });
    });
    let left = SIZE / MIB;
    const write = () => {
      while (left > 0 && !sent.destroyed) {
        left -= 1;
        if (!sent.write(chunk)) return void sent.once("drain", write);
      }
      sent.end(tail);
    };
    sent.on("error", reject);
    sent.write(head);
    write();
  });
}

test(`${UPLOADS} uploads of 63 MiB at once take less than 700 MB, and those that are accepted succeed`, {
  timeout: 120_000,
}, async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const server = here.start({
    DATABASE_URL: fresh.url,
    VITRINE_API_KEYS: KEYS.map((key) => `${key}:write:a-secret-of-${key}`).join(","),
  });
  const url = await server.ready;
  const uploads = await Promise.all(Array.from({ length: UPLOADS }, (_, number) => upload(url, number)));
  const accepted = uploads.filter(({ status }) => status === 200);
  const rejected = uploads.filter(({ status }) => status !== 200);
  expect(accepted.length).toBeGreaterThanOrEqual(3);
  expect(rejected).toEqual(rejected.map(() => ({ status: 503, retryAfter: "1" })));
  const counted = await fetch(`${url}/api/trpc/artifact.count`, {
    headers: { authorization: "Bearer a-secret-of-one" },
  });
  expect(await counted.json()).toEqual({ result: { data: accepted.length } });
  expect(await peakMemory(server.child.pid ?? 0)).toBeLessThan(700_000_000);
});
