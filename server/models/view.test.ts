import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type SavedView, ViewCreate } from "#contract/view";
import { createChanges } from "#server/models/changes";
import type { Role } from "#server/routers/context";
import { callerOn, valueCaller } from "#test/caller";
import { databaseOfFile } from "#test/database";
import type { Author } from "./author";

const fresh = await databaseOfFile();

/** Calls as a person of their own. */
async function personOf(name: string, role: Role = "write", keys: string | null = null, id: string = randomUUID()) {
  const actor: Author["actor"] = { id, kind: "person", name };
  await fresh.db.execute(
    `insert into person (id, issuer, subject, name, role) values ('${id}', 'i', '${id}', '${name}', '${role}')`,
  );
  const author = { actor, service: null, flowRunId: null, requestId: null };
  const context = { pools: fresh.pools, role, keys, caller: name, author, changes: createChanges(null) };
  return valueCaller(context).view;
}

let count = 0;
const newName = () => `View ${count++}`;
const namesOf = (views: SavedView[]) => views.map(({ name }) => name);
const eventsOf = (id: string) =>
  fresh.db.execute<{ verb: string; before: string | null; after: string | null }>(`
  select verb, before, after from event where '${id}' in (before->>'view', after->>'view') order by id`);

describe("a view", () => {
  it("keeps what it shows, and what an update leaves out", async () => {
    const ann = await personOf("Ann");
    const columns = [
      { id: "metadata.région", width: 144 },
      { id: "of-a-later-program", width: 80 },
    ];
    const state = { query: "type=table&where=rows:100..", sort: "NUMBER_DESC", columns, density: "compact" } as const;
    const saved = await ann.create({ name: "Weather", ...state, layout: "list" });
    expect(saved).toMatchObject({ name: "Weather", ...state, layout: "list", shared: false, isDefault: false });
    const changed = await ann.update({ id: saved.id, name: "Météo", layout: null });
    expect(changed).toEqual({ ...saved, name: "Météo", layout: null, updated: changed.updated });
    expect(changed.updated > saved.updated).toBe(true);
    expect(await ann.list()).toEqual([changed]);
    expect(await ann.read({ id: saved.id })).toEqual(changed);
  });

  it("is its owner's alone until it is shared, and again once it is not", async () => {
    const [ann, bob] = [await personOf("Ann"), await personOf("Bob")];
    const name = newName();
    const { id } = await ann.create({ name });
    for (const call of [
      () => bob.read({ id }),
      () => bob.update({ id, name: "x" }),
      () => bob.remove({ id }),
      () => bob.setDefault({ id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(namesOf(await bob.list())).not.toContain(name);
    await ann.update({ id, shared: true });
    expect(namesOf(await bob.list())).toContain(name);
    await bob.setDefault({ id });
    await ann.setDefault({ id });
    await ann.update({ id, shared: false });
    expect([await bob.default(), (await ann.default())?.id]).toEqual([null, id]);
    await expect(bob.read({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("has a name that no other view of its owner has", async () => {
    const [ann, bob] = [await personOf("Ann"), await personOf("Bob")];
    const [name, other] = [newName(), newName()];
    const { id } = await ann.create({ name });
    await bob.create({ name });
    await ann.create({ name, shared: true });
    const conflict = { code: "CONFLICT", cause: { details: { field: "name" } } };
    await expect(ann.create({ name })).rejects.toMatchObject(conflict);
    await expect(bob.create({ name, shared: true })).rejects.toMatchObject(conflict);
    await expect(ann.update({ id, shared: true })).rejects.toMatchObject(conflict);
    const second = await ann.create({ name: other });
    await expect(ann.update({ id: second.id, name })).rejects.toMatchObject(conflict);
    const many = await Promise.allSettled(Array.from({ length: 5 }, () => bob.create({ name: other })));
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is not overwritten where somebody changed it since", async () => {
    const [ann, bob] = [await personOf("Ann"), await personOf("Bob")];
    const { id, updated } = await ann.create({ name: newName(), shared: true });
    const current = await bob.update({ id, query: "type=table", ifUpdated: updated });
    await expect(ann.update({ id, query: "type=image", ifUpdated: updated })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { current: { id, query: "type=table" } } },
    });
    expect((await ann.update({ id, query: "", ifUpdated: current.updated })).query).toBe("");
  });

  it("has its id, and so its links, again when a deletion is undone", async () => {
    const ann = await personOf("Ann");
    const { id, name } = await ann.create({ name: newName() });
    await ann.remove({ id });
    await expect(ann.read({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await ann.create({ id, name })).toMatchObject({ id, name });
    await expect((await personOf("Bob")).create({ id, name })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { details: { field: "id" } },
    });
  });

  it("is one of at most 200 of an owner", async () => {
    const owner = randomUUID();
    const ann = await personOf("Ann", "write", null, owner);
    await fresh.db.execute(`insert into view (owner_id, name, query)
      select '${owner}', 'view ' || n, '' from generate_series(1, 199) n`);
    const { id } = await ann.create({ name: "The last" });
    await expect(ann.create({ name: "One more" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(ann.create({ name: "Everyone's", shared: true })).resolves.toMatchObject({ shared: true });
    expect(await ann.update({ id, name: "Renamed" })).toMatchObject({ name: "Renamed" });
  });
});

describe("a role", () => {
  it("that only reads has views of its own and a default, and changes no shared one", async () => {
    const [ann, eve] = [await personOf("Ann"), await personOf("Eve", "read")];
    const { id } = await ann.create({ name: newName(), shared: true });
    const own = await eve.create({ name: newName() });
    await eve.setDefault({ id });
    expect(await eve.default()).toMatchObject({ id, isDefault: true });
    expect(await eve.update({ id: own.id, query: "type=table" })).toMatchObject({ query: "type=table" });
    for (const call of [
      () => eve.create({ name: newName(), shared: true }),
      () => eve.update({ id: own.id, shared: true }),
      () => eve.update({ id, name: "x" }),
      () => eve.remove({ id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN", cause: { details: { field: "shared" } } });
    }
    await eve.remove({ id: own.id });
    await eve.setDefault({ id: null });
    expect(await eve.default()).toBeNull();
  });

  it("that is limited to keys has its own views alone, as others may tell keys", async () => {
    const [ann, dan] = [await personOf("Ann"), await personOf("Dan", "admin", "reports/*")];
    const { id } = await ann.create({ name: newName(), query: "key=secret/plan", shared: true });
    const own = await dan.create({ name: newName() });
    expect(await dan.list()).toEqual([own]);
    await dan.setDefault({ id: own.id });
    expect(await dan.default()).toMatchObject({ id: own.id });
    for (const call of [
      () => dan.read({ id }),
      () => dan.update({ id, name: "x" }),
      () => dan.remove({ id }),
      () => dan.setDefault({ id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(dan.create({ name: newName(), shared: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(dan.update({ id: own.id, shared: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("without credentials", () => {
  it("views are everyone's, and stay so once people sign in", async () => {
    const local = callerOn(fresh).view;
    const view = await local.create({ name: newName() });
    expect(view.shared).toBe(true);
    await local.setDefault({ id: view.id });
    expect(await local.update({ id: view.id, shared: false })).toMatchObject({ shared: true, isDefault: true });
    expect(await (await personOf("Ann")).read({ id: view.id })).toMatchObject({ shared: true, isDefault: false });
  });
});

describe("the audit log", () => {
  it("has what happened to shared views, and nothing of others", async () => {
    const ann = await personOf("Ann");
    const { id } = await ann.create({ name: newName(), query: "type=table" });
    await ann.update({ id, query: "type=image" });
    expect(await eventsOf(id)).toEqual([]);
    await ann.update({ id, shared: true, reason: "For the team" });
    await ann.remove({ id });
    expect(await eventsOf(id)).toMatchObject([
      { verb: "view.update", before: { shared: false }, after: { shared: true, query: "type=image" } },
      { verb: "view.remove", before: { shared: true }, after: null },
    ]);
  });
});

describe("a deleted person", () => {
  it("leaves the views that they shared, and neither their own nor a default", async () => {
    const id = randomUUID();
    const ann = await personOf("Ann", "write", null, id);
    await ann.create({ name: newName() });
    const shared = await ann.create({ name: newName(), shared: true });
    await ann.setDefault({ id: shared.id });
    await callerOn(fresh).person.remove({ id });
    // A request that was authorized before.
    for (const late of [
      () => ann.create({ name: newName() }),
      () => ann.update({ id: shared.id, shared: false }),
      () => ann.setDefault({ id: shared.id }),
    ]) {
      await expect(late()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    }
    expect(await fresh.db.execute(`select 1 from view where owner_id = '${id}'`)).toEqual([]);
    expect(await fresh.db.execute(`select 1 from view_default where actor_id = '${id}'`)).toEqual([]);
    expect(await (await personOf("Bob")).read({ id: shared.id })).toMatchObject({ shared: true });
  });
});

it.each([
  [{ name: " Weather" }, "name", "must not begin or end with a space"],
  [{ name: "" }, "name", "must"],
  [{ name: "x".repeat(61) }, "name", "at most 60"],
  [{ name: "a", query: "x".repeat(4_001) }, "query", "must be at most 4000 bytes"],
  [{ name: "a", query: "a\0" }, "query", "NUL"],
  [{ name: "a", sort: "BEST" }, "sort", "must be one of"],
  [{ name: "a", columns: [{ id: "type", width: 0 }] }, "columns.0.width", "at least 16"],
  [{ name: "a", columns: Array(21).fill({ id: "type", width: 99 }) }, "columns", "at most 20"],
  [
    {
      name: "a",
      columns: [
        { id: "type", width: 99 },
        { id: "type", width: 98 },
      ],
    },
    "columns",
    "twice",
  ],
])("rejects an input by its field: %#", (input, field, message) => {
  const issues = ViewCreate.safeParse(input).error?.issues ?? [];
  expect(issues[0]?.path.join(".")).toBe(field);
  expect(issues[0]?.message).toContain(message);
});
