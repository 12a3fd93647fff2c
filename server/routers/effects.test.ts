import { describe, expect, it } from "vitest";
import type { ChangeMessage } from "#contract/changes";
import { valueCaller } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { EFFECTS } from "./effects";
import { procedures } from "./procedures";

const fresh = await databaseOfFile();

/** A caller, and the messages that its calls publish. */
function callerWithMessages() {
  const messages: ChangeMessage[] = [];
  const changes = { changed: (message: ChangeMessage) => messages.push(message), watch: () => expect.unreachable() };
  return { messages, call: valueCaller({ pools: fresh.pools, role: "admin", keys: null, caller: "test", changes }) };
}

it("EFFECTS has every mutation", () => {
  const writes = [...procedures].filter(([, { _def }]) => _def.type === "mutation").map(([path]) => path);
  expect(Object.keys(EFFECTS).sort(), "add the mutation to EFFECTS").toEqual(writes.sort());
});

it("a mutation changes its own kind, the trash where it deletes or restores versions, and what is deleted along", () => {
  const along = {
    flow: ["deployment", "flowRun", "taskRun"],
    deployment: ["flowRun"],
    flowRun: ["taskRun"],
    taskRun: [],
  };
  for (const [noun, below] of Object.entries(along)) {
    for (const verb of ["create", "update"]) expect(EFFECTS[`${noun}.${verb}`]).toEqual([noun]);
    expect(EFFECTS[`${noun}.remove`]).toEqual([noun, ...below]);
  }
  for (const verb of ["create", "createMany", "update"]) expect(EFFECTS[`artifact.${verb}`]).toEqual(["artifact"]);
  const moves = ["artifact.remove", "artifact.removeMany", "artifact.restore", "artifact.restoreMany"];
  for (const path of [...moves, "collection.remove", "collection.removeMany"]) {
    expect(EFFECTS[path]).toEqual(["artifact", "trash"]);
  }
  expect(EFFECTS["trash.purge"]).toEqual(["trash"]);
});

describe("the keys of a message", () => {
  it("are those of one row, of many, and of removed and restored rows", async () => {
    const { messages, call } = callerWithMessages();
    const { id } = await call.artifact.create({ key: "one", metadata: { key: "not-a-key" } });
    const many = await call.artifact.createMany({ items: [{ key: "two" }, { key: "three" }, {}] });
    const ids = many.map((row) => row.id);
    await call.artifact.update({ id, description: "said" });
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    await call.artifact.removeMany({ ids });
    await call.artifact.restoreMany({ ids });
    await call.collection.remove({ key: "one" });
    await call.collection.removeMany({ keys: ["two", "three"] });
    const keys = messages.map((message) =>
      message.type === "changed" ? [...new Set(message.keys)].sort().join() : message.type,
    );
    const pair = "three,two";
    expect(keys).toEqual(["one", pair, "one", "one", "one", pair, pair, "one", pair]);
  });

  it("are not those of pins, which nobody else sees", async () => {
    const { messages, call } = callerWithMessages();
    await call.artifact.create({ key: "pinned" });
    await call.collection.pin({ key: "pinned" });
    await call.collection.unpin({ key: "pinned" });
    expect(messages.slice(1)).toEqual(Array(2).fill({ type: "changed", kinds: ["pin"], keys: [] }));
  });

  it("are empty for rows without a key", async () => {
    const { messages, call } = callerWithMessages();
    await call.artifact.create({ data: 1 });
    await call.flow.create({ name: "flow" });
    expect(messages).toEqual([
      { type: "changed", kinds: ["artifact"], keys: [] },
      { type: "changed", kinds: ["flow"], keys: [] },
    ]);
  });
});

it("queries and failed mutations publish nothing", async () => {
  const { messages, call } = callerWithMessages();
  await call.artifact.list();
  await expect(call.artifact.create({ key: "Not a key" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(call.artifact.remove({ id: "0199b3c8-0000-7000-8000-000000000000" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(messages).toEqual([]);
});

it("a mutation whose connection was lost publishes resync", async () => {
  const { messages, call } = callerWithMessages();
  const { key } = await call.artifact.create({ key: "lost" });
  const cut =
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and wait_event_type = 'Lock'";
  const other = fresh.connect();
  await other.db.transaction(async (tx) => {
    await tx.execute(`select from artifact_collection where key = '${key}' for update`);
    const writing = call.artifact.create({ key });
    const rejected = expect(writing).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    await expect.poll(() => tx.execute(cut)).not.toHaveLength(0);
    await rejected;
  });
  expect(messages.slice(1)).toEqual([{ type: "resync" }]);
});
