import { randomBytes, randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { RestoreMessage } from "#contract/admin";
import { advance, type BackupProgress, NO_PROGRESS } from "#contract/backup";
import type { StreamedPart } from "#contract/backup-stream";
import type { Database } from "#db/postgres";
import { doctor } from "#server/models/admin";
import { LOCAL } from "#server/models/author";
import { startReading } from "#server/models/unread";
import { callerOn } from "#test/caller";
import { isResync, openChangeStream } from "#test/change-stream";
import { partOf, partsOf } from "#test/generators/backup-parts";
import { datasets } from "#test/generators/draw";
import { plant } from "#test/generators/plant";
import { LABELS } from "#test/generators/pools";
import { startHttpServer, type TestServer } from "#test/http-server";

const TABLES = `
  flow deployment flow_run task_run artifact artifact_trash artifact_data artifact_collection artifact_idempotency
  artifact_revision trash_period key_redirect label protected_label collection_about person pin view view_default
  reader read_mark event_watermark`
  .trim()
  .split(/\s+/);

/** Every row of the database as text. */
async function contentOf(db: Database): Promise<Record<string, string[]>> {
  const tables = TABLES.map(async (table) => {
    // Not whether a preview was made of it, which the target does anew; and transactions are those of the target.
    const known = table.startsWith("artifact") ? "to_jsonb(t) - 'created_xid'" : "t";
    const fields = table === "artifact_data" ? "(artifact_id, data::text)" : known;
    const rows = await db.execute<{ row: string }>(`select (${fields})::text as row from ${table} t order by 1`);
    return [table, rows.map(({ row }) => row)];
  });
  return Object.fromEntries(await Promise.all(tables));
}

const truncate = (db: Database) =>
  db.execute(`truncate ${[...TABLES, "event", "actor", "backup_part"].join(", ")} cascade`);

/** JSON texts that parsing, escaping or re-encoding would change. */
const texts = fc.constantFrom(
  ...['{"b":1.0,"a":123456789012345678901234567890,"b":2}', '"\\u0000 \\ud83d\\ude00 é\u2028"', " [1e400 , -0.0]\n\t"],
  ...["null", '""', `"${"x".repeat(70_000)}"`, '{"__proto__":{}, "$1":"\\\\"}'],
);

describe("a backup", () => {
  let source: TestServer;
  let target: TestServer;
  beforeAll(async () => {
    [source, target] = [await startHttpServer(), await startHttpServer()];
  });
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await target[Symbol.asyncDispose]();
  });

  /** Inserts random rows with these data texts and used idempotency keys. */
  async function fill(dataset: Parameters<typeof plant>[1], data: string[]): Promise<void> {
    await plant(source.db, dataset);
    for (const [i, { id }] of [...dataset.artifacts, ...dataset.trash].entries()) {
      const text = data[i % data.length] ?? "null";
      await source.db.execute(`update artifact_data set data = '${text}' where artifact_id = '${id}'`);
    }
    for (const table of ["artifact", "artifact_trash"]) {
      await source.db.execute(
        `update ${table} v set size = octet_length(data::text) from artifact_data where artifact_id = v.id`,
      );
    }
    await source.db.execute("update artifact_collection c set size = a.size from artifact a where a.id = c.latest_id");
    // Artifacts stay when their runs are deleted.
    await source.db.execute("delete from flow_run where id in (select flow_run_id from artifact limit 3)");
    const call = callerOn(source);
    await call.artifact.create({ key: "once", idempotencyKey: "daily run ☂" });
    await call.collection.rename({ key: "once", to: "once/renamed" });
    await call.collection.rename({ key: "once/renamed", to: "once" });
    await call.collection.label({ key: "once", label: "staging", version: 1 });
    await call.collection.pin({ key: "once" });
    await call.collection.markRead({ key: "once", version: 1 });
    await call.collection.remove({ key: "once", force: ["staging"] });
    await call.admin.protectLabels({ labels: ["production"] });
    await source.db.execute(
      "insert into person (issuer, subject, name, email, role) values ('https://id.example', 'a', 'Ann', null, 'read') on conflict do nothing",
    );
    await source.db.execute(`
      with own as (insert into view (owner_id, name, query, columns) select id, 'Eigene ☂', 'key=once', '[{"id":"é","width":99}]'
        from person on conflict do nothing returning id, owner_id)
      insert into view_default select owner_id, id from own`);
  }

  async function takeBackup(query = ""): Promise<StreamedPart[]> {
    const response = await source.fetch(`/api/backup${query}`);
    expect(response.status).toBe(200);
    return partsOf(new Uint8Array(await response.arrayBuffer()));
  }

  /** The progress after these parts; `end` counts parts instead of bytes. */
  const progressAfter = (parts: StreamedPart[]) =>
    parts.reduce<BackupProgress>((before, { head }, i) => advance(before, head, i + 1), NO_PROGRESS);

  const queryOf = ({ from }: BackupProgress) => (from ? `?${new URLSearchParams({ ...from })}` : "");

  const send = (backup: string, number: number, part: Pick<StreamedPart, "line" | "content">) =>
    target.fetch(`/api/restore/${backup}/${number}`, { method: "PUT", body: Buffer.concat([part.line, part.content]) });

  async function restoreBackup(parts: StreamedPart[], backup = randomUUID()): Promise<RestoreMessage[]> {
    const { parts: received } = await callerOn(target).admin.restore({ backup });
    const toSend = parts.filter(({ head }) => /^(?:data|rows|end)$/.test(head.part));
    for (const [i, part] of toSend.entries()) {
      if (!received.includes(i + 1)) expect((await send(backup, i + 1, part)).status).toBe(204);
    }
    const response = await target.fetch(`/api/restore/${backup}`, { method: "POST" });
    return (await response.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("restores every row exactly, and version numbers continue", async () => {
    await fc.assert(
      fc.asyncProperty(datasets, fc.array(texts, { minLength: 1, maxLength: 9 }), async (dataset, data) => {
        await fill(dataset, data);
        await truncate(target.db);
        // As in a new database at which somebody without a credential has looked.
        await target.db.execute("insert into event_watermark select id_at(clock_timestamp(), gen_random_uuid())");
        await startReading(target.db, LOCAL);
        const messages = await restoreBackup(await takeBackup());
        expect(messages.at(-1)).toMatchObject({ violations: 0, restored: { artifact: dataset.artifacts.length } });
        expect(await contentOf(target.db)).toEqual(await contentOf(source.db));
        expect(await doctor(target.db)).toEqual([]);
        const [collection] = await target.db.execute<{ key: string; last_version: string }>(
          `select key, last_version from artifact_collection order by last_version desc limit 1`,
        );
        const key = collection?.key ?? "";
        const next = await callerOn(target).artifact.create({ key });
        expect(next.version).toBe(Number(collection?.last_version) + 1);
      }),
      { numRuns: 1 * inject("runs"), endOnFailure: true },
    );
  });

  it.each([
    ["ASCII", () => Array(700_000).fill("abcdefgh")],
    ["other text", () => Array(700_000).fill("é漢😀")],
    ["what stays large in a compressed part", () => randomBytes(4_500_000).toString("base64")],
  ])("restores large data exactly: %s", async (_, data) => {
    await truncate(source.db);
    await truncate(target.db);
    await callerOn(source).artifact.create({ key: "large", data: data() });
    expect((await restoreBackup(await takeBackup())).at(-1)).toMatchObject({ violations: 0 });
    expect(await contentOf(target.db)).toEqual(await contentOf(source.db));
  });

  it("resumes after two interruptions with the rows that changed meanwhile", async () => {
    const share = fc.double({ min: 0.2, max: 0.95, noNaN: true });
    const cuts = fc.tuple(share, share);
    await fc.assert(
      fc.asyncProperty(datasets, cuts, async (dataset, shares) => {
        await fill(dataset, ['"old"', `"${"y".repeat(150_000)}"`]);
        await truncate(target.db);
        const call = callerOn(source);
        let parts: StreamedPart[] = [];
        for (const share of shares) {
          const more = await takeBackup(queryOf(progressAfter(parts)));
          parts = [...parts, ...more.slice(0, Math.floor(share * more.length))];
          // A file is truncated in the same way before it is continued.
          parts = parts.slice(0, progressAfter(parts).end);
          const existing = await call.artifact.list({ limit: 200 });
          for (const [i, { id }] of existing.entries()) {
            if (i % 7 === 0) await call.artifact.update({ id, data: `new ${share}` });
            if (i % 7 === 1) await call.artifact.remove({ id, force: LABELS });
          }
          const [deleted] = await call.trash.list({ limit: 1 });
          if (deleted) await call.trash.purge({ ids: [deleted.id] });
          await call.artifact.create({ key: "meanwhile", data: share });
        }
        const messages = await restoreBackup([...parts, ...(await takeBackup(queryOf(progressAfter(parts))))]);
        expect(messages.at(-1)).toMatchObject({ violations: 0 });
        expect(await contentOf(target.db)).toEqual(await contentOf(source.db));
      }),
      { numRuns: 1 * inject("runs"), endOnFailure: true },
    );
  });

  it("is rejected by a database that is not empty, with a missing or altered part, and after it was restored", async () => {
    await truncate(source.db);
    await truncate(target.db);
    await callerOn(source).artifact.create({ key: "stored", data: [1] });
    const parts = (await takeBackup()).filter(({ head }) => head.part !== "begin");
    const backup = randomUUID();
    const call = callerOn(target);
    expect(await call.admin.restore({ backup })).toEqual({ done: false, parts: [] });
    const apply = async () => {
      const response = await target.fetch(`/api/restore/${backup}`, { method: "POST" });
      await response.text();
      return response.status;
    };
    const [first, ...rest] = parts;
    if (!first) throw new Error("A backup has parts.");
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

  it("is rejected with a sentence where a part unpacks to far more than a part contains, within 100 MB of memory", async () => {
    await truncate(target.db);
    const backup = randomUUID();
    // 1,500 MiB in 1.5 MB: a file of gzip may have several members.
    const member = gzipSync(Buffer.alloc(60 * 1024 * 1024, "["), { level: 9 });
    const bomb = Buffer.concat(Array.from({ length: 25 }, () => new Uint8Array(member)));
    expect(bomb.byteLength).toBeLessThan(2_000_000);
    for (const head of [
      { part: "rows", table: "flow", columns: ["id"], rows: 1 },
      { part: "data", last: UNKNOWN, again: false, rows: 1 },
    ]) {
      const before = process.memoryUsage().rss;
      let most = before;
      const watching = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss);
      }, 5);
      const response = await send(backup, 1, partOf(head, bomb));
      clearInterval(watching);
      expect([response.status, await response.text()]).toEqual([
        413,
        expect.stringMatching(/unpacks to more than 65 MiB/),
      ]);
      expect(most - before).toBeLessThan(100 * 1024 * 1024);
    }
    expect((await callerOn(target).admin.restore({ backup })).parts).toEqual([]);
  });

  it("is rejected with 4xx where a part is not what a backup contains", async () => {
    const rows = { part: "rows", table: "flow", columns: ["id", "name", "tags"], rows: 1 };
    const data = { part: "data", last: UNKNOWN, again: false, rows: 1 };
    const line = `[["${UNKNOWN}",2]]\n`;
    const contents: [object, string | Buffer][] = [
      [rows, "["],
      [rows, `[${"[".repeat(1_000_000)}`],
      [rows, '{"id":1}'],
      [rows, `[{"id":"${UNKNOWN}"}]`],
      [rows, `[{"id":"${UNKNOWN}","name":"a","tags":[]},{"id":"${UNKNOWN}","name":"b","tags":[]}]`],
      [{ ...rows, columns: ["id", "id", "name"] }, `[{"id":"no","name":"a"}]`],
      [rows, Buffer.from([0x5b, 0xff, 0x5d])],
      [data, ""],
      [data, "no line end"],
      [data, `${"[".repeat(1_000_000)}\n`],
      [data, `[${"[],".repeat(10_000_000)}[]]\n`],
      [data, `{"a":1}\n{}`],
      [data, `[["${UNKNOWN}",-2]]\n{}`],
      [data, `[["${UNKNOWN}",1e9]]\n{}`],
      [data, `[["no",2]]\n{}`],
      [data, `${line}{}{}`],
      [data, `${line}{{`],
      [data, Buffer.concat([Buffer.from(line), Buffer.from([0xff, 0xff])])],
    ];
    for (const [head, content] of contents) {
      await truncate(target.db);
      const backup = randomUUID();
      expect((await send(backup, 1, partOf(head, gzipSync(content)))).status).toBe(204);
      const end = { line: Buffer.from(`${JSON.stringify({ part: "end", counts: {} })}\n`), content: new Uint8Array() };
      expect((await send(backup, 2, end)).status).toBe(204);
      const response = await target.fetch(`/api/restore/${backup}`, { method: "POST" });
      const text = await response.text();
      expect([String(content).slice(0, 60), response.status]).toEqual([
        String(content).slice(0, 60),
        expect.toSatisfy(is4xx),
      ]);
      expect(text).not.toMatch(/Something went wrong/);
    }
    const notGzip = await send(randomUUID(), 1, partOf(rows, Buffer.from("[]")));
    expect([notGzip.status, await notGzip.text()]).toEqual([400, expect.stringMatching(/damaged/)]);
  });

  it("fills each part up to 4 MiB, 1,000 versions or 5,000 rows", async () => {
    const rowsOfParts = async (part: "data" | "rows", table?: string) =>
      (await takeBackup())
        .map(({ head }) => head)
        .flatMap((head) => (head.part === part && (!("table" in head) || head.table === table) ? [head.rows] : []));
    const call = callerOn(source);
    await truncate(source.db);
    // 1 MiB each, with the quotes.
    for (let i = 0; i < 5; i++) await call.artifact.create({ data: "x".repeat(MIB - 2) });
    expect(await rowsOfParts("data")).toEqual([4, 1]);
    await truncate(source.db);
    await call.artifact.createMany({ items: Array.from({ length: 1_000 }, () => ({})) });
    await call.artifact.create({});
    expect(await rowsOfParts("data")).toEqual([1_000, 1]);
    expect(await rowsOfParts("rows", "artifact")).toEqual([1_001]);
    // About 8,350 bytes each.
    await source.db.execute("update artifact set description = repeat('x', 7740)");
    const [first = 0, second = 0, ...others] = await rowsOfParts("rows", "artifact");
    expect([first > 490 && first < 525, first + second, others]).toEqual([true, 1_001, []]);
    await source.db.execute("insert into flow (name) select 'flow ' || n from generate_series(1, 5001) n");
    expect(await rowsOfParts("rows", "flow")).toEqual([5_000, 1]);
  });

  it("reports the rows restored after each part, without those that were read again, and at most their total", async () => {
    await truncate(source.db);
    await truncate(target.db);
    const call = callerOn(source);
    const created = await call.artifact.createMany({ items: [{}, {}, {}, {}] });
    const [changed = "", purged = "", other = ""] = created.map(({ id }) => id);
    const parts = (await takeBackup()).slice(0, 2);
    expect(parts.map(({ head }) => head.part)).toEqual(["begin", "data"]);
    await call.artifact.update({ id: changed, data: "new" });
    await call.artifact.removeMany({ ids: [purged, other] });
    await call.trash.purge({ ids: [purged, other] });
    await call.artifact.create({ key: "later" });
    const more = await takeBackup(queryOf(progressAfter(parts)));
    const messages = await restoreBackup([...parts, ...more]);
    // Data: 4, one of them again, and 2, one of a revision. Rows: 3 of artifact, 1 of artifact_collection, 1 of
    // artifact_revision, 7 of event. Then the end.
    const total = 3 + 4 + 1 + 1 + 7;
    const progress = [4, 4, 6, 9, 10, 11, 16, 16].map((done) => ({ done, total }));
    expect(messages).toEqual([...progress, { restored: expect.objectContaining({ artifact: 3 }), violations: 0 }]);
  });

  it("is rejected with both numbers where it has fewer rows than its end says, and restores nothing", async () => {
    await truncate(target.db);
    const backup = randomUUID();
    const rows = { part: "rows", table: "flow", columns: ["id", "name", "tags", "created", "updated"], rows: 1 };
    const time = "2024-05-06T07:08:09Z";
    const content = JSON.stringify([{ id: UNKNOWN, name: "one", tags: [], created: time, updated: time }]);
    await send(backup, 1, partOf(rows, gzipSync(content)));
    const end = `${JSON.stringify({ part: "end", counts: { flow: 2, artifact: 0 } })}\n`;
    await send(backup, 2, { line: Buffer.from(end), content: new Uint8Array() });
    const response = await target.fetch(`/api/restore/${backup}`, { method: "POST" });
    const lines = (await response.text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { done: 1, total: 2 },
      { done: 1, total: 2 },
      { error: { code: "CONFLICT", message: "The backup is incomplete: it holds 1 of 2 rows of flow." } },
    ]);
    expect(await callerOn(target).flow.count()).toBe(0);
    expect((await callerOn(target).admin.restore({ backup })).parts).toEqual([1, 2]);
  });

  it("sends watchers a resync once it is restored, and deletes the parts of another, abandoned one", async () => {
    await truncate(source.db);
    await truncate(target.db);
    const call = callerOn(target);
    const parts = await takeBackup();
    const abandoned = randomUUID();
    const end = parts.find(({ head }) => head.part === "end");
    if (!end) throw new Error("A backup has an end.");
    await send(abandoned, 1, end);
    expect(await call.admin.restore({ backup: abandoned })).toEqual({ done: false, parts: [1] });
    await using stream = await openChangeStream(target.origin);
    await stream.next(isResync);
    const resync = stream.next(isResync);
    await restoreBackup(parts);
    expect(await resync).toMatchObject({ type: "resync" });
    expect(await target.db.execute(`select from backup_part where backup = '${abandoned}'`)).toHaveLength(0);
  });

  it("requires the role admin, and resumes on its own database only", async () => {
    await using server = await startHttpServer({ apiKeys: [{ name: "w", role: "write", secret: "secret-of-w" }] });
    const headers = { authorization: "Bearer secret-of-w" };
    const backup = randomUUID();
    const statuses = [
      await server.fetch("/api/backup"),
      await server.fetch("/api/backup", { headers }),
      await server.fetch(`/api/restore/${backup}/1`, { method: "PUT", headers, body: "{}\n" }),
      await server.fetch(`/api/restore/${backup}`, { method: "POST", headers }),
      await source.fetch("/api/backup", { method: "POST" }),
      await source.fetch("/api/restore/no/1", { method: "PUT", body: "{}\n" }),
      await source.fetch("/api/backup?after=no"),
      await source.fetch(`/api/backup?after=${backup}&store=1-1&seen=1:1:`),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 403, 403, 403, 405, 400, 400, 409]);
  });
});

const MIB = 1024 * 1024;

const UNKNOWN = "00000000-0000-4000-8000-000000000000";

const is4xx = (status: unknown) => typeof status === "number" && status >= 400 && status < 500;
