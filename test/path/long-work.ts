import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { partsIn, type StreamedPart } from "#contract/backup-stream";
import type { FreshDatabase } from "../database";
import type { TestServer } from "../http-server";
import { serverBehindPath } from "./server-behind-path";

type Server = Pick<TestServer, "fetch" | "post">;

/** A stream of some time: resolves with its status, or "cut" where it broke off. `onProgress` is called for each piece. */
export type LongWork = (onProgress: () => void) => Promise<number | "cut">;

/** How many versions there are, of so many random bytes as text. */
const VERSIONS = 24;
const SIZE = 450_000;

/** A server with data for a backup of 11 MB, and an empty one that has received that backup, each behind a path. */
export async function longWorkBehindPaths(full: FreshDatabase, empty: FreshDatabase) {
  const [from, to] = [await serverBehindPath(full), await serverBehindPath(empty)];
  for (let n = 0; n < VERSIONS; n++) {
    const created = await from.server.post("artifact.create", JSON.stringify({ key: "large", data: random() }));
    expect(created.status).toBe(200);
  }
  await empty.db.execute("truncate artifact, artifact_data, artifact_collection cascade");
  const backup = randomUUID();
  const bytes = await (await from.server.fetch("/api/backup")).arrayBuffer();
  const parts = await partsOf(new Uint8Array(bytes));
  await sendParts(to.server, backup, parts);
  const items = JSON.stringify({ items: Array.from({ length: 100 }, (_, n) => ({ key: `many-${n}`, data: n })) });
  const at = new Date().toISOString();
  const flow = () => ({ id: randomUUID(), created: at, updated: at, name: randomUUID() });
  const flows = () => JSON.stringify({ flows: Array.from({ length: 100 }, flow) });
  const streams: LongWork[] = [
    (onProgress) => readBackup(from.server, onProgress),
    (onProgress) => readRestore(to.server, backup, onProgress),
  ];
  const calls = [
    async () => statusOf(await from.server.post("artifact.createMany", items)),
    async () => statusOf(await from.server.post("admin.import", flows())),
    async () => statusOf(await from.server.fetch("/api/trpc/admin.doctor")),
  ];
  return {
    /** Backup and restore. */
    streams,
    /** `createMany`, import and doctor, by their statuses. */
    calls,
    paths: [from.path, to.path],
    async [Symbol.asyncDispose]() {
      await from[Symbol.asyncDispose]();
      await to[Symbol.asyncDispose]();
    },
  };
}

function random(): string {
  return randomBytes(SIZE).toString("hex");
}

async function statusOf(response: Response): Promise<number> {
  await response.text();
  return response.status;
}

async function partsOf(bytes: Uint8Array): Promise<StreamedPart[]> {
  const parts: StreamedPart[] = [];
  for await (const part of partsIn(Readable.from([bytes]))) parts.push(part);
  return parts.filter(({ head }) => /^(?:data|rows|end)$/.test(head.part));
}

async function sendParts({ fetch, post }: Server, backup: string, parts: StreamedPart[]): Promise<void> {
  expect((await post("admin.restore", JSON.stringify({ backup }))).status).toBe(200);
  for (const [index, { line, content }] of parts.entries()) {
    const body = Buffer.concat([line, content]);
    expect((await fetch(`/api/restore/${backup}/${index + 1}`, { method: "PUT", body })).status).toBe(204);
  }
}

async function readBackup({ fetch }: Server, onProgress: () => void): Promise<number | "cut"> {
  const response = await fetch("/api/backup");
  if (!response.ok) return statusOf(response);
  const text = await readText(response, onProgress);
  return text?.includes('{"part":"end"') ? 200 : "cut";
}

async function readRestore({ fetch }: Server, backup: string, onProgress: () => void): Promise<number | "cut"> {
  const response = await fetch(`/api/restore/${backup}`, { method: "POST" });
  if (!response.ok) return statusOf(response);
  const text = await readText(response, onProgress);
  return text?.includes('{"restored":') ? 200 : "cut";
}

/** null where the response breaks off. */
async function readText({ body }: Response, onProgress: () => void): Promise<string | null> {
  let text = "";
  try {
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString("latin1");
      if (text.trim() !== "") onProgress();
    }
    return text;
  } catch {
    return null;
  }
}
