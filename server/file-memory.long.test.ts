import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createServerFolder } from "#test/server-process";

const UPLOADS = 20;
const DOWNLOADS = 100;
const MIB = 1024 * 1024;
/** Of each file, in MiB. */
const SIZE = 100;

/** The memory that a server with its whole program may take at most, in MiB. */
const LIMIT = 400;

/** Of API keys: one caller may send 16 files at once. */
const SECRETS = ["first-secret", "second-secret"];

const keyOf = (n: number) => ({ authorization: `Bearer ${SECRETS[n % SECRETS.length]}` });

/** The most memory that a process has had, in MiB. */
async function peakOf(pid: number): Promise<number> {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** A file that begins with random bytes, as a stream and with its hash. */
function largeFile() {
  const first = Buffer.concat([randomBytes(16), Buffer.alloc(MIB - 16)]);
  const block = Buffer.alloc(MIB, 7);
  const blocks = Array.from({ length: SIZE }, (_, i) => (i === 0 ? first : block));
  const hash = createHash("sha256");
  for (const each of blocks) hash.update(each);
  const open = () => {
    const left = blocks.values();
    return new ReadableStream({
      pull(controller) {
        const { value } = left.next();
        if (value) controller.enqueue(value);
        else controller.close();
      },
    });
  };
  return { sha256: hash.digest("hex"), open };
}

test(`${UPLOADS} uploads and ${DOWNLOADS} downloads of ${SIZE} MiB at the same time take less than ${LIMIT} MiB`, {
  timeout: 600_000,
}, async (context) => {
  if (process.platform !== "linux") return context.skip("The memory is read from /proc.");
  await using here = await createServerFolder(process.env);
  const { ready, child } = here.start({ VITRINE_API_KEYS: SECRETS.map((each) => `${each}:write:${each}`).join(",") });
  const url = await ready;
  const pid = child.pid ?? 0;
  const files = Array.from({ length: UPLOADS }, largeFile);
  const uploaded = await Promise.all(
    files.map(async ({ sha256, open }, n) => {
      const headers = keyOf(n);
      const init = { method: "PUT", body: open(), headers, duplex: "half" } as RequestInit; // Node requires it for streams
      return (await fetch(`${url}/api/blobs/${sha256}`, init)).status;
    }),
  );
  expect(uploaded).toEqual(Array(UPLOADS).fill(201));
  expect(await peakOf(pid)).toBeLessThan(LIMIT);
  const data = { name: "a.bin", mediaType: "application/octet-stream", size: SIZE * MIB, sha256: files[0]?.sha256 };
  const created = await fetch(`${url}/api/trpc/artifact.create`, {
    method: "POST",
    headers: { "content-type": "application/json", ...keyOf(0) },
    body: JSON.stringify({ type: "file", data }),
  });
  const { id } = (await created.json()).result.data;
  const lengths = await Promise.all(
    Array.from({ length: DOWNLOADS }, async () => {
      const { body } = await fetch(`${url}/api/artifacts/${id}/data`, { headers: keyOf(0) });
      let length = 0;
      for await (const chunk of body ?? []) length += chunk.length;
      return length;
    }),
  );
  expect(lengths).toEqual(Array(DOWNLOADS).fill(SIZE * MIB));
  const peak = await peakOf(pid);
  context.annotate?.(`${Math.round(peak)} MiB`);
  expect(peak).toBeLessThan(LIMIT);
});

test(`${DOWNLOADS} downloads of texts of 8 MiB, which are stored compressed, take less than ${LIMIT} MiB`, {
  timeout: 600_000,
}, async (context) => {
  if (process.platform !== "linux") return context.skip("The memory is read from /proc.");
  await using here = await createServerFolder(process.env);
  const { ready, child } = here.start();
  const url = await ready;
  const texts = Array.from({ length: UPLOADS }, (_, n) => Buffer.alloc(8 * MIB, `${n} a line of text\n`));
  const files: { path: string; mediaType: string; size: number; sha256: string }[] = [];
  for (const body of texts) {
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect((await fetch(`${url}/api/blobs/${sha256}`, { method: "PUT", body })).status).toBe(201);
    files.push({ path: `${sha256}.txt`, mediaType: "text/plain", size: body.length, sha256 });
  }
  const created = await fetch(`${url}/api/trpc/artifact.create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "files", data: { files } }),
  });
  const { id } = (await created.json()).result.data;
  const lengths = await Promise.all(
    Array.from({ length: DOWNLOADS }, async (_, n) => {
      const path = `${url}/api/artifacts/${id}/data?path=${files[n % UPLOADS]?.path}`;
      const [response]: [IncomingMessage] = (await once(get(path, { agent: false }), "response")) as [IncomingMessage]; // Node's event
      let length = 0;
      for await (const chunk of response) length += chunk.length;
      return length;
    }),
  );
  expect(lengths).toEqual(Array(DOWNLOADS).fill(8 * MIB));
  const peak = await peakOf(child.pid ?? 0);
  context.annotate?.(`${Math.round(peak)} MiB`);
  expect(peak).toBeLessThan(LIMIT);
});
