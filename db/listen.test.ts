import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { type Channel, type Ears, openChannel } from "./listen";
import type { Address } from "./postgres";

/** What a channel tells, in order. */
function ears() {
  const told: unknown[] = [];
  const all: Ears = {
    heard: (value) => told.push({ heard: value }),
    listening: () => told.push("listening"),
    deaf: () => told.push("deaf"),
  };
  return { told, all };
}

/** A way to a database that can swallow everything without a word, as a broken network does. */
async function tunnel({ address }: FreshDatabase) {
  const { host, port, user, database } = address as Exclude<Address, string>; // a test's database is a socket
  const pairs: [Socket, Socket][] = [];
  const server = createServer((here) => {
    const there = connect(`${host}/.s.PGSQL.${port}`);
    pairs.push([here, there]);
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      from.pipe(to).on("error", () => {});
      from.on("close", () => to.destroy());
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const at: Address = { host: "127.0.0.1", port: (server.address() as AddressInfo).port, user, database };
  return {
    at,
    swallow() {
      for (const [here, there] of pairs) {
        here.unpipe(there).resume();
        there.unpipe(here).resume();
      }
    },
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await new Promise((give) => server.close(give));
    },
  };
}

const until = (told: unknown[], word: unknown, timeout = 5_000) =>
  expect.poll(() => told, { timeout, interval: 20 }).toContainEqual(word);

test("what one says the others hear, and it does not hear itself", async () => {
  await using fresh = await freshDatabase();
  const [one, other] = [ears(), ears()];
  const channels: Channel[] = [openChannel(fresh.address, one.all), openChannel(fresh.url, other.all)];
  await Promise.all([until(one.told, "listening"), until(other.told, "listening")]);
  channels[0]?.send({ said: "é ' \" \\" });
  await until(other.told, { heard: { said: "é ' \" \\" } });
  channels[1]?.send("back");
  await until(one.told, { heard: "back" });
  expect(one.told).toEqual(["listening", { heard: "back" }]);
  await Promise.all(channels.map((channel) => channel.close()));
});

test("what is sent before the end is still heard", async () => {
  await using fresh = await freshDatabase();
  const [one, other] = [ears(), ears()];
  const listening = openChannel(fresh.address, other.all);
  const leaving = openChannel(fresh.address, one.all);
  await Promise.all([until(one.told, "listening"), until(other.told, "listening")]);
  leaving.send("last");
  await leaving.close();
  await until(other.told, { heard: "last" });
  await listening.close();
});

test("a path that swallows everything is found out, and left for a new one", async () => {
  await using fresh = await freshDatabase();
  await using path = await tunnel(fresh);
  const { told, all } = ears();
  const channel = openChannel(path.at, all, { probe: 100, answer: 300 });
  await until(told, "listening");
  path.swallow();
  await expect.poll(() => told.filter((word) => word === "listening").length, { timeout: 5_000 }).toBe(2);
  await channel.close();
});

test("a database that cannot be reached is told of once, and the channel closes at once", async () => {
  const { told, all } = ears();
  const channel = openChannel({ host: "127.0.0.1", port: 1, user: "nobody", database: "none" }, all, { pause: 1 });
  await until(told, "deaf");
  expect(told).toEqual(["deaf"]);
  await channel.close();
});
