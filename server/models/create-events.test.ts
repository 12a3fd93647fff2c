import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { Artifact } from "#contract/artifact";
import type { Event } from "#contract/event";
import { createChanges } from "#server/models/changes";
import { type Caller, callerOn, valueCaller } from "#test/caller";
import { databaseOfFile, type FreshDatabase, freshDatabase } from "#test/database";
import { type Author, LOCAL, namedActor } from "./author";
import { backup } from "./backup/backup";
import { restore, storePart } from "./backup/restore";
import { sweep } from "./purge";

// Creates have no rows of their own in `event` while their versions exist: what is listed must not show that.
const fresh = await databaseOfFile();
const call = callerOn(fresh);

/** Calls procedures as an author. */
const callerAs = (own: FreshDatabase, author: Author): Caller =>
  valueCaller({ pools: own.pools, role: "admin", keys: null, caller: "test", changes: createChanges(null), author });

/** Every event, the oldest first, read in pages of an odd size. */
async function allOf(caller: Caller, where?: Parameters<Caller["event"]["page"]>[0]): Promise<Event[]> {
  const events: Event[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Caller["event"]["page"]>> = await caller.event.page({ ...where, limit: 7, cursor });
    events.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return events.reverse();
}

const rowsOf = async (where: string): Promise<number> => {
  const [row] = await fresh.db.execute(`select count(*) as n from event where ${where}`);
  return Number(row?.n);
};

const KEYS = ["a", "b", "team/a"];

type Row = Pick<Artifact, "id" | "key" | "version">;

/** What an event says that the caller knows. */
type Expected = Pick<Event, "verb" | "key" | "artifactId" | "version" | "reason" | "flowRunId"> & { after: unknown };

const one = (verb: string, row: Row): Expected => ({
  verb,
  key: row.key,
  artifactId: row.id,
  version: row.version,
  reason: null,
  flowRunId: null,
  after: expect.anything(),
});

/** An event for each key of versions, and for each version without one. */
function byKey(verb: string, rows: Row[]): Expected[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.key ?? row.id, [...(groups.get(row.key ?? row.id) ?? []), row]);
  return [...groups.values()].map((group) => {
    const last = group.reduce((max, row) => ((row.version ?? 0) > (max.version ?? 0) ? row : max));
    if (group.length === 1) return one(verb, last);
    return { ...one(verb, last), artifactId: null, after: expect.objectContaining({ versions: group.length }) };
  });
}

/** What random writes of one database are expected to have recorded, by request. */
class Model {
  readonly recorded: Expected[][] = [];
  /** Versions that exist, in the trash or not. */
  readonly live = new Map<string, Row>();
  readonly trash = new Map<string, Row>();

  pick(from: "live" | "trash", n: number) {
    const rows = [...this[from].values()];
    return rows[n % Math.max(rows.length, 1)];
  }
}

interface Step {
  run(caller: Caller, author: Author, model: Model): Promise<Expected[]>;
}

const key = fc.constantFrom(...KEYS, null);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const reason = fc.constantFrom("why", null);
const nth = fc.nat(30);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        key,
        reason,
        flowRunId: maybe(fc.constant("00000000-0000-4000-8000-000000000007")),
        ifChanged: maybe(fc.constant(true)),
        idempotencyKey: maybe(fc.uuid()),
        data: fc.nat(1),
      })
      .filter((input) => input.key !== null || input.ifChanged === undefined)
      .map(
        (input): Step => ({
          async run(caller, author, { live }) {
            const row = await caller.artifact.create(input);
            if ("unchanged" in row) return [];
            live.set(row.id, row);
            const flowRunId = input.flowRunId ?? author.flowRunId;
            return [{ ...one("artifact.create", row), reason: input.reason, flowRunId, after: null }];
          },
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.record({ key, reason }), { minLength: 1, maxLength: 6 }).map(
      (items): Step => ({
        async run(caller, author, { live }) {
          const rows = await caller.artifact.createMany({ items });
          for (const row of rows) live.set(row.id, row);
          const reasonOf = new Map(rows.map((row, i) => [row, items[i]?.reason ?? null]));
          return byKey("artifact.create", rows).map((event) => {
            const last = rows.find(
              (row) =>
                row.key === event.key &&
                row.version === event.version &&
                (event.key !== null || row.id === event.artifactId),
            );
            const after = event.artifactId === null ? event.after : null;
            return { ...event, reason: (last && reasonOf.get(last)) ?? null, flowRunId: author.flowRunId, after };
          });
        },
      }),
    ),
  },
  nth.map(
    (n): Step => ({
      async run(caller, { flowRunId }, model) {
        const row = model.pick("live", n);
        if (!row) return [];
        await caller.artifact.update({ id: row.id, description: String(n) });
        return [{ ...one("artifact.update", row), flowRunId }];
      },
    }),
  ),
  fc.array(nth, { minLength: 1, maxLength: 3 }).map(
    (list): Step => ({
      async run(caller, { flowRunId }, { live, trash }) {
        const ids = [...new Set(list.map((n) => [...live.keys()][n]))].filter((id) => id !== undefined);
        if (ids.length === 0) return [];
        const { removed } = await caller.artifact.removeMany({ ids });
        for (const row of removed) [live.delete(row.id), trash.set(row.id, row)];
        return removed.map((row) => ({ ...one("artifact.remove", row), flowRunId }));
      },
    }),
  ),
  fc.constantFrom(...KEYS).map(
    (key): Step => ({
      async run(caller, { flowRunId }, { live, trash }) {
        const rows = [...live.values()].filter((row) => row.key === key);
        if (rows.length === 0) return [];
        await caller.collection.remove({ key });
        for (const row of rows) [live.delete(row.id), trash.set(row.id, row)];
        return byKey("artifact.remove", rows).map((event) => ({ ...event, flowRunId }));
      },
    }),
  ),
  nth.map(
    (n): Step => ({
      async run(caller, { flowRunId }, model) {
        const row = model.pick("trash", n);
        if (!row) return [];
        await caller.artifact.restore({ id: row.id });
        [model.trash.delete(row.id), model.live.set(row.id, row)];
        return [{ ...one("artifact.restore", row), flowRunId, after: null }];
      },
    }),
  ),
  nth.map(
    (n): Step => ({
      async run(caller, { flowRunId }, model) {
        const row = model.pick("trash", n);
        if (!row) return [];
        await caller.trash.purge({ ids: [row.id] });
        model.trash.delete(row.id);
        return [{ ...one("artifact.purge", row), flowRunId, after: null }];
      },
    }),
  ),
  fc.constant<Step>({
    async run(caller, { flowRunId }, { trash }) {
      const { purged } = await caller.trash.purge({ all: true });
      if (purged === 0) return [];
      trash.clear();
      const none = { id: "", key: null, version: null };
      return [{ ...one("artifact.purge", none), artifactId: null, flowRunId, after: { versions: purged } }];
    },
  }),
  fc.shuffledSubarray(KEYS, { minLength: 2, maxLength: 2 }).map(
    ([from = "", to = ""]): Step => ({
      async run(caller, { flowRunId }, { live, trash }) {
        const all = [...live.values(), ...trash.values()];
        const versions = [...live.values()].filter((row) => row.key === from).length;
        if (versions === 0 || all.some((row) => row.key === to)) return [];
        await caller.collection.rename({ key: from, to });
        for (const rows of [live, trash]) {
          for (const row of rows.values()) if (row.key === from) rows.set(row.id, { ...row, key: to });
        }
        const none = { id: "", key: to, version: null };
        return [{ ...one("collection.rename", none), artifactId: null, flowRunId, after: { key: to, versions } }];
      },
    }),
  ),
);

describe("the list of events", () => {
  it("is that of the writes, whatever became of the versions, and what was listed never changes", {
    timeout: 60_000 * inject("runs"),
  }, async () => {
    const authors = fc.record({
      service: fc.constantFrom("etl", null),
      flowRunId: fc.constantFrom("00000000-0000-4000-8000-000000000009", null),
      name: fc.constantFrom("ann", "ops"),
    });
    const steps = fc.array(fc.tuple(authors, step), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (program) => {
        await using own = await freshDatabase();
        const reader = callerOn(own);
        const model = new Model();
        let before: Event[] = [];
        for (const [n, [{ name, ...claims }, { run }]] of program.entries()) {
          const author: Author = { actor: namedActor("key", name), ...claims, requestId: `request-${n}` };
          const expected = await run(callerAs(own, author), author, model);
          const events = (await reader.event.list({ limit: 200 })).reverse();
          // The order within one call is that of its statement.
          const added = events.slice(before.length);
          expect(added).toHaveLength(expected.length);
          const said = expected.map((event) => ({ ...event, actor: author.actor, service: claims.service }));
          expect(added).toEqual(
            expect.arrayContaining(
              said.map((event) => expect.objectContaining({ ...event, requestId: `request-${n}` })),
            ),
          );
          expect(events.slice(0, before.length)).toEqual(before);
          before = events;
        }
        await expectFound(reader, before);
      }),
      { numRuns: 3 * inject("runs") },
    );
  });
});

/** Each condition, and the count, find those of the listed events. */
async function expectFound(reader: Caller, events: Event[]): Promise<void> {
  expect(await allOf(reader)).toEqual(events);
  expect(await reader.event.count()).toBe(events.length);
  expect(await reader.event.count({ atMost: 2 })).toBe(Math.min(events.length, 3));
  const some = events[Math.floor(events.length / 2)];
  if (!some) return;
  const { key, artifactId, flowRunId, service, requestId, verb, actor, time } = some;
  const conditions: [Parameters<Caller["event"]["count"]>[0], (event: Event) => boolean][] = [
    [{ where: { key } }, (event) => key === null || event.key === key],
    [{ where: { artifactId } }, (event) => artifactId === null || event.artifactId === artifactId],
    [{ where: { flowRunId } }, (event) => flowRunId === null || event.flowRunId === flowRunId],
    [{ where: { service } }, (event) => service === null || event.service === service],
    [{ where: { requestId } }, (event) => event.requestId === requestId],
    [{ where: { verbs: [verb, "x"] } }, (event) => event.verb === verb],
    [{ where: { actors: [actor?.id ?? ""] } }, (event) => event.actor?.id === actor?.id],
    [{ where: { after: time } }, (event) => event.time >= time],
    [{ where: { before: time } }, (event) => event.time <= time],
  ];
  for (const [input, matches] of conditions) {
    expect([input, await allOf(reader, input)]).toEqual([input, events.filter(matches)]);
    expect([input, await reader.event.count(input)]).toEqual([input, events.filter(matches).length]);
  }
}

describe("the event of a create", () => {
  it("has no row of its own until its version is deleted permanently, and then the same id", async () => {
    const { id } = await call.artifact.create({ key: "kept", reason: "first" });
    const [before] = await call.event.list({ where: { key: "kept" } });
    expect([before?.id, before?.reason, await rowsOf(`artifact_id = '${id}'`)]).toEqual([id, "first", 0]);
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    expect(await rowsOf("verb = 'artifact.create' and key = 'kept'")).toBe(0);
    await call.artifact.remove({ id });
    await call.trash.purge({ ids: [id] });
    expect(await rowsOf("verb = 'artifact.create' and key = 'kept'")).toBe(1);
    expect((await call.event.list({ where: { key: "kept" } })).at(-1)).toEqual(before);
  });

  it("is kept where a program of before deletes permanently, and listed once where such a program created", async () => {
    const { id } = await call.artifact.create({ key: "older" });
    const [before] = await call.event.list({ where: { key: "older" } });
    await call.artifact.remove({ id });
    await fresh.db.execute(sql`
      with purged as (delete from artifact_trash where id = ${id}::uuid returning id)
      delete from artifact_data where artifact_id in (select id from purged)`);
    expect((await call.event.list({ where: { key: "older" } })).at(-1)).toEqual(before);
    const { id: other } = await call.artifact.create({ key: "other" });
    await fresh.db.execute(sql`update artifact set created_xid = null where id = ${other}::uuid`);
    await fresh.db.execute(sql`select event_record(null, 'artifact.create', 'other', ${other}::uuid, 1, null, null)`);
    expect(await call.event.list({ where: { key: "other" } })).toHaveLength(1);
  });

  it("is on the timelines of its key and version, for those who reach the key alone", async () => {
    const { id } = await call.artifact.create({ key: "reports/a" });
    for (const [keys, events] of [
      ["reports/*", 1],
      ["sales/*", 0],
    ] as const) {
      const reader = callerOn(fresh, "read", keys);
      expect((await reader.collection.history({ key: "reports/a" })).items).toHaveLength(events);
      expect((await reader.artifact.history({ id })).items).toHaveLength(events);
    }
  });

  it("has the former key after a rename, and is on the timeline of the new one", async () => {
    await call.artifact.createMany({ items: [{ key: "former" }, { key: "former" }] });
    await call.artifact.remove({ id: (await call.artifact.create({ key: "former" })).id });
    const before = await call.event.list({ where: { key: "former" } });
    await call.collection.rename({ key: "former", to: "later" });
    await call.artifact.create({ key: "former" });
    expect((await call.event.list({ where: { key: "former" } })).slice(1)).toEqual(before);
    const { items } = await call.collection.history({ key: "later" });
    expect(items.slice(1)).toEqual(before);
    expect(items[0]).toMatchObject({ verb: "collection.rename", key: "later" });
  });

  it("is deleted with those of its age, and does not come back with a permanent deletion", async () => {
    await using own = await freshDatabase();
    const caller = callerOn(own);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await caller.artifact.create({})).id);
    const [first = "", second = "", third = ""] = ids;
    const older = (id: string, days: number) =>
      own.db.execute(sql`
      with aged as (update artifact set id = id_at(clock_timestamp() - make_interval(days => ${days}::int), id),
        created = clock_timestamp() - make_interval(days => ${days}::int) where id = ${id}::uuid returning id)
      update artifact_data set artifact_id = aged.id from aged where artifact_id = ${id}::uuid returning artifact_id as id`);
    const [aged] = await older(first, 401);
    await older(second, 399);
    await sweep(own.db, { trash: 30, audit: 0 });
    expect(await caller.event.count()).toBe(3);
    await sweep(own.db, { trash: 30, audit: 400 });
    expect(await caller.event.list()).toMatchObject([
      { verb: "event.purge", after: { events: 1 } },
      { artifactId: third },
      { verb: "artifact.create" },
    ]);
    await caller.artifact.removeMany({ ids: [String(aged?.id), third] });
    await caller.trash.purge({ all: true });
    await sweep(own.db, { trash: 30, audit: 400 });
    const created = await caller.event.list({ where: { verbs: ["artifact.create", "event.purge"] } });
    expect(created.map(({ verb }) => verb)).toEqual(["event.purge", "artifact.create", "artifact.create"]);
    await sweep(own.db, { trash: 30, audit: 398 });
    expect((await caller.event.list())[0]).toMatchObject({ verb: "event.purge", after: { events: 1 } });
  });

  it("is in a backup, as of the transaction that restores it", async () => {
    await using source = await freshDatabase();
    const from = callerOn(source);
    await from.artifact.createMany({ items: [{ key: "a" }, { key: "a", reason: "why" }, {}] });
    await from.artifact.remove({ id: (await from.artifact.create({ key: "a" })).id });
    await using target = await freshDatabase();
    const name = randomUUID();
    let number = 1;
    for await (const part of backup(source.db, null)) {
      if (/^(?:data|rows|end)$/.test(part.head.part)) await storePart(target.db, name, number++, part, 1);
    }
    for await (const message of restore(target.db, name, 1, LOCAL))
      if ("restored" in message) expect(message).toMatchObject({ violations: 0 });
    expect((await callerOn(target).event.list()).slice(1)).toEqual(await from.event.list());
    const [row] = await target.db.execute(sql`
      select count(distinct xid) as transactions from (select xid from event union all select created_xid from artifact
        where created_xid is not null union all select created_xid from artifact_trash where created_xid is not null) e`);
    expect(Number(row?.transactions)).toBe(1);
  });
});
