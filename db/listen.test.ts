import { expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { openPathProxy } from "#test/path/path-proxy";
import { type Channel, type ListenHandlers, openChannel } from "./listen";

/** Handlers that record what is called, in order. */
function recorder() {
  const events: unknown[] = [];
  const handlers: ListenHandlers = {
    onMessage: (message) => events.push({ message }),
    onListening: () => events.push("listening"),
    onUnavailable: () => events.push("unavailable"),
  };
  return { events, handlers };
}

const until = (events: unknown[], event: unknown, timeout = 5_000) =>
  expect.poll(() => events, { timeout, interval: 20 }).toContainEqual(event);

test("a message reaches the other processes and not its sender", async () => {
  await using fresh = await freshDatabase();
  const [one, other] = [recorder(), recorder()];
  const channels: Channel[] = [openChannel(fresh.address, one.handlers), openChannel(fresh.url, other.handlers)];
  await Promise.all([until(one.events, "listening"), until(other.events, "listening")]);
  channels[0]?.send({ text: "é ' \" \\" });
  await until(other.events, { message: { text: "é ' \" \\" } });
  channels[1]?.send("back");
  await until(one.events, { message: "back" });
  expect(one.events).toEqual(["listening", { message: "back" }]);
  await Promise.all(channels.map((channel) => channel.close()));
});

test("a message sent just before close arrives", async () => {
  await using fresh = await freshDatabase();
  const [one, other] = [recorder(), recorder()];
  const listening = openChannel(fresh.address, other.handlers);
  const leaving = openChannel(fresh.address, one.handlers);
  await Promise.all([until(one.events, "listening"), until(other.events, "listening")]);
  leaving.send("last");
  await leaving.close();
  await until(other.events, { message: "last" });
  await listening.close();
});

test("messages in an unknown format arrive as undefined", async () => {
  await using fresh = await freshDatabase();
  const { events, handlers } = recorder();
  const channel = openChannel(fresh.address, handlers);
  await until(events, "listening");
  for (const text of ["", "null", "7", '"text"', '{"other":1}']) {
    await fresh.db.execute(`select pg_notify('vitrine', '${text}')`);
  }
  await expect.poll(() => events).toHaveLength(6);
  expect(events).toEqual(["listening", ...Array(5).fill({ message: undefined })]);
  await channel.close();
});

test("a connection that drops all traffic is detected and replaced", async () => {
  await using fresh = await freshDatabase();
  await using path = await openPathProxy(fresh.address);
  const { events, handlers } = recorder();
  const channel = openChannel(path.address, handlers, { probe: 100, timeout: 300 });
  await until(events, "listening");
  path.swallowExisting();
  await expect.poll(() => events.filter((event) => event === "listening").length, { timeout: 5_000 }).toBe(2);
  await channel.close();
});

test("an unreachable database is reported once, and the channel still closes at once", async () => {
  const { events, handlers } = recorder();
  const nowhere = { host: "127.0.0.1", port: 1, user: "nobody", database: "none" };
  const channel = openChannel(nowhere, handlers, { pause: 1 });
  await until(events, "unavailable");
  expect(events).toEqual(["unavailable"]);
  await channel.close();
});
