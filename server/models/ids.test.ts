import { expect, inject, test } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { createServerFolder } from "#test/server-process";
import { urlOf } from "#test/template";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

interface Row {
  id: string;
  created: string;
}

/** The time in an id of version 7 as the contract writes it: milliseconds, and microseconds in the next 12 bits. */
function timeOf(id: string): string {
  const milliseconds = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const microseconds = Math.ceil((Number.parseInt(id.slice(15, 18), 16) * 1000) / 4096);
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(microseconds).padStart(3, "0")}Z`;
}

const byId = (rows: Row[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

test("a generated id has the time of `created` to the microsecond", async () => {
  const flow = await call.flow.create({ name: "ids" });
  const deployment = await call.deployment.create({ flowId: flow.id, name: "ids" });
  const flowRun = await call.flowRun.create({ flowId: flow.id });
  const taskRun = await call.taskRun.create({ flowRunId: flowRun.id, taskKey: "t", dynamicKey: "0" });
  const artifact = await call.artifact.create({ key: "ids" });
  const next = await call.artifact.create({ key: "ids", idempotencyKey: "ids" });
  const keyless = await call.artifact.create({});
  const many = await call.artifact.createMany({ items: [{ key: "ids" }, { key: "ids" }, {}, { key: "other-ids" }] });
  const rows: Row[] = [flow, deployment, flowRun, taskRun, artifact, next, keyless, ...many];
  for (const { id, created } of rows) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(timeOf(id)).toBe(created);
  }
  const times = rows.map(({ created }) => created);
  expect(byId(rows).map(({ created }) => created)).toEqual(times.sort());
  const { removal } = await call.artifact.removeMany({ ids: [artifact.id] });
  const [trashed] = await call.trash.list();
  expect([trashed?.removal, timeOf(removal) <= String(trashed?.removed)]).toEqual([removal, true]);
});

test("ids of a key rise with its versions, under concurrent writers and in one call", async () => {
  const rounds = 20 * inject("runs");
  const writer = async (which: number) => {
    for (let i = 0; i < rounds; i++) {
      const [once, key] = [`${which}-${i}`, "rising"];
      if (which % 3 === 0) await call.artifact.create({ key });
      else if (which % 3 === 1) await call.artifact.create({ key, idempotencyKey: once });
      else await call.artifact.createMany({ items: [{ key }, { key, idempotencyKey: once }, { key }] });
    }
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map(writer));
  const rows = await fresh.db.execute("select id, version from artifact where key = 'rising' order by id");
  expect(rows.map(({ version }) => Number(version))).toEqual(Array.from({ length: 10 * rounds }, (_, i) => i + 1));
  expect(await call.admin.doctor()).toEqual([]);
});

test("an idempotency key gives its artifact again, also twice in one call", async () => {
  const one = { key: "once", idempotencyKey: "one" };
  const two = { key: "once", idempotencyKey: "two" };
  const first = await call.artifact.create(one);
  const rows = await call.artifact.createMany({ items: [two, { key: "once" }, one, two] });
  expect(rows.map(({ version }) => version)).toEqual([2, 3, 1, 2]);
  expect([rows[2], rows[3]]).toEqual([first, rows[0]]);
  expect(await call.artifact.create(two)).toEqual(rows[0]);
});

test("servers whose clocks are two hours apart agree on the order of ids and on what was created", async () => {
  await using here = await createServerFolder(process.env);
  const shift = (hours: number) =>
    `--import data:text/javascript,const{now}=Date;Date.now=()=>now()+${hours}*3600000`.replaceAll("+", "%2B");
  const servers = await Promise.all(
    [-1, 1]
      .map((hours) =>
        here.start({
          DATABASE_URL: urlOf(fresh.address),
          NODE_OPTIONS: shift(hours),
          VITRINE_DATA: `${here.folder}/${hours}`,
        }),
      )
      .map(({ ready }) => ready),
  );
  const post = async (server: number, path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${servers[server]}/api${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, row: (await response.json()) as Row }; // every path returns a row
  };
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) ids.push((await post(i % 2, "/artifacts/", { key: "skewed" })).row.id);
  const list = await fetch(`${servers[0]}/api/artifacts/filter`, { method: "POST" });
  const newest = (await list.json()) as Row[]; // a list returns rows
  expect(newest.slice(0, 20).map(({ id }) => id)).toEqual(ids.toReversed());

  const flow = (await post(0, "/flows/", { name: "skewed" })).row;
  const natural = { task_key: "skewed", dynamic_key: "0" };
  const creates: [string, object][] = [
    ["/flows/", { name: "skewed-2" }],
    ["/deployments/", { name: "skewed", flow_id: flow.id }],
    ["/flow_runs/", { flow_id: flow.id, idempotency_key: "skewed" }],
    ["/task_runs/", natural],
    ["/task_runs/", { ...natural, dynamic_key: "1", id: "00000000-0000-4000-8000-00000000000a" }],
  ];
  for (const [turn, [path, body]] of creates.entries()) {
    const statuses = [];
    for (const server of [turn % 2, 0, 1]) statuses.push((await post(server, path, body)).status);
    expect([path, ...statuses]).toEqual([path, 201, 200, 200]);
  }
});
