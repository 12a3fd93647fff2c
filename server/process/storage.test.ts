import { chown, stat } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { connect } from "#db/postgres";
import { createChanges } from "#server/models/changes";
import { smallDisk } from "#test/blobs/small-disk";
import { serve } from "#test/http-server";
import { addressOf, TEMPLATE } from "#test/template";

test("a full disk is 507, is reported by /api/ready, and heals when space is free", async (context) => {
  await using disk = await smallDisk("24m");
  if (!disk) return context.skip("This user cannot mount a file system.");
  const { uid, gid } = await stat(inject("socket"));
  await chown(disk.folder, uid, gid);
  const root = connect(addressOf(inject("socket"), "postgres"));
  await root.db.execute(`create tablespace small_disk location '${disk.folder}'`);
  await root.db.execute(`create database small_disk template ${TEMPLATE} tablespace small_disk`);
  const { pools, close } = connect(addressOf(inject("socket"), "small_disk"));
  await using server = await serve({ pools, changes: createChanges(null) });
  const data = JSON.stringify(Array.from({ length: 40_000 }, () => Math.random()));
  const create = (path = "artifact.create") => server.post(path, `{"key":"large","data":${data}}`);
  await expect.poll(async () => (await create()).status, { timeout: 20_000, interval: 0 }).toBe(507);
  const full = await create();
  const sentence = expect.stringMatching(/^The database's disk is full; free space/);
  expect([full.status, (await full.json()).error.message]).toEqual([507, sentence]);
  const rest = await server.fetch("/api/artifacts/", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"key":"large","data":${data}}`,
  });
  expect([rest.status, await rest.text()]).toEqual([507, expect.stringContaining("disk is full")]);
  const ready = await server.fetch("/api/ready");
  expect([ready.status, (await ready.json()).message]).toEqual([503, sentence]);
  expect((await server.post("collection.latest", '{"key":"large"}')).status).toBe(200);
  await disk.grow("64m");
  expect((await create()).status).toBe(200);
  expect((await server.fetch("/api/ready")).status).toBe(200);
  await close();
  await root.db.execute("drop database small_disk with (force)");
  await root.db.execute("drop tablespace small_disk");
  await root.close();
});
