import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createServerFolder } from "#test/server-process";

const MIB = 1024 * 1024;
const SIZE = 40 * MIB;
const READERS = 6;

/** By how many MiB the memory of a server may grow from one reader to six, whose responses are all on their way. */
const LIMIT = 100;

/** The most memory that a process has had, in MiB. */
async function peakOf(pid: number): Promise<number> {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** A response whose body is not read yet. */
async function begin(url: string): Promise<IncomingMessage> {
  const request = get(url, { agent: false });
  const [response]: [IncomingMessage] = (await once(request, "response")) as [IncomingMessage]; // Node's event
  return response;
}

async function lengthOf(response: IncomingMessage): Promise<number> {
  let length = 0;
  for await (const chunk of response) length += chunk.length;
  return length;
}

test(`${READERS} slow readers of one version of 40 MiB take less than ${LIMIT} MiB more than one`, {
  timeout: 300_000,
}, async (context) => {
  if (process.platform !== "linux") return context.skip("The memory is read from /proc.");
  await using here = await createServerFolder(process.env);
  const { ready, child } = here.start();
  const url = await ready;
  const pid = child.pid ?? 0;
  const created = await fetch(`${url}/api/trpc/artifact.create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"key":"large","data":"${"x".repeat(SIZE - 2)}"}`,
  });
  const { id } = (await created.json()).result.data;
  const path = `${url}/api/artifacts/${id}/data`;
  expect(await lengthOf(await begin(path))).toBe(SIZE);
  const before = await peakOf(pid);
  const responses = await Promise.all(Array.from({ length: READERS }, () => begin(path)));
  responses.push(await begin(path));
  const during = await peakOf(pid);
  expect(await Promise.all(responses.map(lengthOf))).toEqual(Array(READERS + 1).fill(SIZE));
  const after = await peakOf(pid);
  context.annotate?.(`${Math.round(before)} MiB, ${Math.round(during)} MiB, ${Math.round(after)} MiB`);
  expect(after - before).toBeLessThan(LIMIT);
});
