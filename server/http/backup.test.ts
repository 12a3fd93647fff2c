import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { RestoreMessage } from "#contract/admin";
import { advance, type BackupProgress, NO_PROGRESS } from "#contract/backup";
import { partsIn, type StreamedPart } from "#contract/backup-stream";
import type { Database } from "#db/postgres";
import { doctor } from "#server/models/admin";
import { callerOn } from "#test/caller";
import { worlds } from "#test/generators/draw";
import { plant } from "#test/generators/plant";
import { startHttpServer, type TestServer } from "#test/http-server";

const TABLES = [
  ...["flow", "deployment", "flow_run", "task_run", "artifact", "artifact_trash", "artifact_data"],
  ...["artifact_collection", "artifact_idempotency"],
];

/** Everything that a store holds, as PostgreSQL writes it. */
async function contentOf(db: Database): Promise<Record<string, string[]>> {
  const tables = TABLES.map(async (table) => {
    const rows = await db.execute<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    return [table, rows.map(({ row }) => row)];
  });
  return Object.fromEntries(await Promise.all(tables));
}

const emptied = (db: Database) => db.execute(`truncate ${[...TABLES, "backup_part"].join(", ")} cascade`);

/** JSON texts that any careless step would change. */
const texts = fc.constantFrom(
  ...['{"b":1.0,"a":123456789012345678901234567890,"b":2}', '"\\u0000 \\ud83d\\ude00 é\u2028"', " [1e400 , -0.0]\n\t"],
  ...["null", '""', `"${"x".repeat(70_000)}"`, '{"__proto__":{}, "$1":"\\\\"}'],
);

describe("a backup", () => {
  let here: TestServer;
  let there: TestServer;
  beforeAll(async () => {
    [here, there] = [await startHttpServer(), await startHttpServer()];
  });
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
  });

  /** A world, with data, and with keys that were used. */
  async function drawn(world: Parameters<typeof plant>[1], data: string[]): Promise<void> {
    await plant(here.db, world);
    for (const [i, { id }] of [...world.artifacts, ...world.trash].entries()) {
      const text = data[i % data.length] ?? "null";
      await here.db.execute(`update artifact_data set data = '${text}' where artifact_id = '${id}'`);
    }
    for (const table of ["artifact", "artifact_trash"]) {
      await here.db.execute(
        `update ${table} v set size = octet_length(data::text) from artifact_data where artifact_id = v.id`,
      );
    }
    // Its artifacts stay, and keep what they know of it.
    await here.db.execute("delete from flow_run where id in (select flow_run_id from artifact limit 3)");
    const call = callerOn(here);
    await call.artifact.create({ key: "once", idempotencyKey: "daily run ☂" });
    await call.collection.remove({ key: "once" });
  }

  async function taken(query = ""): Promise<StreamedPart[]> {
    const answer = await here.fetch(`/api/backup${query}`);
    expect(answer.status).toBe(200);
    return partsOf(new Uint8Array(await answer.arrayBuffer()));
  }

  /** Where a backup stands after these parts; the end of use is counted in parts. */
  const followed = (parts: StreamedPart[]) =>
    parts.reduce<BackupProgress>((before, { head }, i) => advance(before, head, i + 1), NO_PROGRESS);

  const queryOf = ({ from }: BackupProgress) => (from ? `?${new URLSearchParams({ ...from })}` : "");

  const send = (backup: string, number: number, part: Pick<StreamedPart, "line" | "content">) =>
    there.fetch(`/api/restore/${backup}/${number}`, { method: "PUT", body: Buffer.concat([part.line, part.content]) });

  async function restored(parts: StreamedPart[], backup = randomUUID()): Promise<RestoreMessage[]> {
    const { parts: known } = await callerOn(there).admin.restore({ backup });
    const sent = parts.filter(({ head }) => /^(?:data|rows|end)$/.test(head.part));
    for (const [i, part] of sent.entries()) {
      if (!known.includes(i + 1)) expect((await send(backup, i + 1, part)).status).toBe(204);
    }
    const answer = await there.fetch(`/api/restore/${backup}`, { method: "POST" });
    return (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("brings back everything there is, to the letter, and numbers go on", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(texts, { minLength: 1, maxLength: 9 }), async (world, data) => {
        await drawn(world, data);
        await emptied(there.db);
        const words = await restored(await taken());
        expect(words.at(-1)).toMatchObject({ violations: 0, restored: { artifact: world.artifacts.length } });
        expect(await contentOf(there.db)).toEqual(await contentOf(here.db));
        expect(await doctor(there.db)).toEqual([]);
        const [collection] = await there.db.execute<{ key: string; last_version: string }>(
          `select key, last_version from artifact_collection order by last_version desc limit 1`,
        );
        const key = collection?.key ?? "";
        const next = await callerOn(there).artifact.create({ key });
        expect(next.version).toBe(Number(collection?.last_version) + 1);
      }),
      { numRuns: 4 * inject("runs"), endOnFailure: true },
    );
  });

  it("that is cut off twice while the store changes goes on with what changed, and is of its last state", async () => {
    const share = fc.double({ min: 0.2, max: 0.95, noNaN: true });
    const cuts = fc.tuple(share, share);
    await fc.assert(
      fc.asyncProperty(worlds, cuts, async (world, shares) => {
        await drawn(world, ['"old"', `"${"y".repeat(150_000)}"`]);
        await emptied(there.db);
        const call = callerOn(here);
        let parts: StreamedPart[] = [];
        for (const share of shares) {
          const more = await taken(queryOf(followed(parts)));
          parts = [...parts, ...more.slice(0, Math.floor(share * more.length))];
          // What is of no use then is cut away, as from a file.
          parts = parts.slice(0, followed(parts).end);
          const living = await call.artifact.list({ limit: 200 });
          for (const [i, { id }] of living.entries()) {
            if (i % 7 === 0) await call.artifact.update({ id, data: `new ${share}` });
            if (i % 7 === 1) await call.artifact.remove({ id });
          }
          const [gone] = await call.trash.list({ limit: 1 });
          if (gone) await call.trash.purge({ ids: [gone.id] });
          await call.artifact.create({ key: "meanwhile", data: share });
        }
        const words = await restored([...parts, ...(await taken(queryOf(followed(parts))))]);
        expect(words.at(-1)).toMatchObject({ violations: 0 });
        expect(await contentOf(there.db)).toEqual(await contentOf(here.db));
      }),
      { numRuns: 3 * inject("runs"), endOnFailure: true },
    );
  });

  it("is refused by a store that is not empty, when a part is missing or altered, and once it is done", async () => {
    await emptied(here.db);
    await emptied(there.db);
    await callerOn(here).artifact.create({ key: "kept", data: [1] });
    const parts = (await taken()).filter(({ head }) => head.part !== "begin");
    const backup = randomUUID();
    const call = callerOn(there);
    expect(await call.admin.restore({ backup })).toEqual({ done: false, parts: [] });
    const apply = async () => {
      const answer = await there.fetch(`/api/restore/${backup}`, { method: "POST" });
      await answer.text();
      return answer.status;
    };
    const [first, ...rest] = parts;
    if (!first) throw new Error("a backup has parts");
    for (const [i, part] of rest.entries()) await send(backup, i + 2, part);
    expect(await apply()).toBe(409);
    const altered = { line: first.line, content: first.content.map((byte, i) => (i === 20 ? byte ^ 1 : byte)) };
    expect((await send(backup, 1, altered)).status).toBe(400);
    expect((await send(backup, 1, { line: Buffer.from("{}\n"), content: first.content })).status).toBe(400);
    expect((await send(backup, 1, first)).status).toBe(204);
    const { id } = await call.flow.create({ name: "in the way" });
    expect(await apply()).toBe(409);
    await expect(call.admin.restore({ backup })).rejects.toMatchObject({ code: "CONFLICT" });
    await call.flow.remove({ id });
    expect((await call.admin.restore({ backup })).parts).toEqual(parts.map((_, i) => i + 1));
    expect(await apply()).toBe(200);
    expect(await call.admin.restore({ backup })).toEqual({ done: true, parts: [] });
    await expect(call.admin.restore({ backup: randomUUID() })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is for the role admin, and goes on with its own store alone", async () => {
    await using door = await startHttpServer({ apiKeys: [{ name: "w", role: "write", secret: "secret-of-w" }] });
    const headers = { authorization: "Bearer secret-of-w" };
    const backup = randomUUID();
    const statuses = [
      await door.fetch("/api/backup"),
      await door.fetch("/api/backup", { headers }),
      await door.fetch(`/api/restore/${backup}/1`, { method: "PUT", headers, body: "{}\n" }),
      await door.fetch(`/api/restore/${backup}`, { method: "POST", headers }),
      await here.fetch("/api/backup", { method: "POST" }),
      await here.fetch("/api/restore/no/1", { method: "PUT", body: "{}\n" }),
      await here.fetch("/api/backup?after=no"),
      await here.fetch(`/api/backup?after=${backup}&store=1-1&seen=1:1:`),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 403, 403, 403, 405, 400, 400, 409]);
  });
});

async function partsOf(bytes: Uint8Array): Promise<StreamedPart[]> {
  const parts = [];
  for await (const part of partsIn(Readable.from([bytes]))) parts.push(part);
  expect(parts.at(-1)?.end).toBe(bytes.byteLength);
  return parts;
}
