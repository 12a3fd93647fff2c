import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { expectServer, versionProblem } from "./expect-server";
import { connect } from "./postgres";

// As their documentation shows them; neither program is available to these tests.
const COCKROACH =
  "CockroachDB CCL v25.1.4 (x86_64-pc-linux-gnu, built 2025/04/09 15:01:35, go1.22.8 X:nocoverageredesign)";
const YUGABYTE = "PostgreSQL 15.12-YB-2025.1.0.1-b3 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6, 64-bit";
const DEBIAN = "PostgreSQL 15.20 (Debian 15.20-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit";

test.each([
  [COCKROACH, 180_000, /^DATABASE_URL is a CockroachDB, .* needs PostgreSQL 15 or newer: use another\.$/],
  [YUGABYTE, 150_012, /^DATABASE_URL is a YugabyteDB, .* needs PostgreSQL 15 or newer: use another\.$/],
  [DEBIAN, 140_019, /^DATABASE_URL is a PostgreSQL 14, and Vitrine needs 15 or newer: upgrade it, or use another\.$/],
  [DEBIAN, 150_020, /^$/],
])("of %s, %i", (name, number, problem) => {
  expect(versionProblem(name, number) ?? "").toMatch(problem);
});

test("accepts the PostgreSQL of the tests, and rejects a session that cannot write", async () => {
  await using fresh = await freshDatabase();
  await expectServer(fresh.db);
  await fresh.db.execute(`alter database ${fresh.address.database} set default_transaction_read_only = on`);
  await expect(expectServer(fresh.connect().db)).rejects.toMatchObject({ code: "25006" });
});

test("rejects a CockroachDB over the protocol", async () => {
  const server = createServer((socket) => {
    socket.once("data", () => {
      socket.write(Buffer.concat([message("R", int32(0)), READY]));
      socket.on("data", (data) => {
        if (data[0] === 88) socket.end();
        else socket.write(rowOf({ name: COCKROACH, number: "180000", readonly: "off" }));
      });
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  const { db, close } = connect({ host: "127.0.0.1", port, user: "root", database: "defaultdb" });
  await expect(expectServer(db)).rejects.toThrow(/^DATABASE_URL is a CockroachDB/);
  await close();
  server.close();
});

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)]);

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

const READY = message("Z", Buffer.from("I"));

/** The response to a simple query: one row of texts. */
function rowOf(row: Record<string, string>): Buffer {
  const columns = Object.keys(row).map((name) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(25), int16(-1 & 65_535), int32(-1), int16(0)]),
  );
  const values = Object.values(row).map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]));
  const count = int16(columns.length);
  const done = message("C", Buffer.from("SELECT 1\0"));
  return Buffer.concat([message("T", count, ...columns), message("D", count, ...values), done, READY]);
}
