import { expect, test } from "vitest";
import { startRestServer } from "#test/rest-server";

const MIB = 1024 * 1024;
const keys = ["ann", "bob"].map((name) => ({ name, role: "write" as const, secret: `a-secret-of-${name}` }));

test("a caller streams one list at a time, which leaves a slot to others", async () => {
  await using large = (await startRestServer({ maxData: 64 * MIB, apiKeys: keys })).server;
  const post = (path: string, name: string, body: string) => {
    const authorization = `Bearer a-secret-of-${name}`;
    // Compressed, the first list would fit into the buffers of the connection.
    const headers = { "content-type": "application/json", "accept-encoding": "identity", authorization };
    return large.fetch(`/api/artifacts${path}`, { method: "POST", headers, body });
  };
  // More rows than are read ahead of the client.
  for (let n = 0; n < 10; n++) {
    const created = await post("", "ann", `{"key":"key-${n}","data":"${"x".repeat(4 * MIB)}"}`);
    expect(created.status).toBe(201);
    await created.body?.cancel();
  }
  // Its body is not read, so that it stays open.
  const open = await post("/filter", "ann", "{}");
  const second = await post("/latest/filter", "ann", "{}");
  const other = await post("/latest/filter", "bob", "{}");
  expect([open.status, second.status, other.status]).toEqual([200, 503, 200]);
  expect(second.headers.get("retry-after")).toBe("1");
  await Promise.all([open.body?.cancel(), other.body?.cancel()]);
  await expect.poll(async () => (await post("/filter", "ann", "{}")).status, { timeout: 10_000 }).toBe(200);
});
