import { randomUUID } from "node:crypto";
import { partsIn } from "#contract/backup-stream";
import { type MeasuredServer, startMeasuredServer } from "./server";

/** What was sent or read, and the longest delay of the event loop meanwhile, in milliseconds. */
export type Delays = Record<string, number>;

/** Creates a version of some data, reads it in every form, and gives the delays of each request. */
export async function createAndRead(server: MeasuredServer, type: string, data: Buffer): Promise<Delays> {
  const { delays, request } = recorder(server);
  const body = (rest: string) => [Buffer.from(`{${rest}"data":`), data, Buffer.from("}")];
  const created = await request("create", "POST /api/trpc/artifact.create", body(`"type":"${type}",`));
  await request("create by REST", "POST /api/artifacts", body(`"type":"${type}",`));
  const id = /"id":"([^"]+)"/.exec(created)?.[1];
  if (id === undefined) return delays;
  await request("update", "POST /api/trpc/artifact.update", body(`"id":"${id}",`));
  const input = encodeURIComponent(JSON.stringify({ id }));
  await request("read", `GET /api/trpc/artifact.read?input=${input}`);
  await request("read by REST", `GET /api/artifacts/${id}`);
  for (const as of ["json", "md", "csv", "exact-csv", "file"]) {
    await request(as, `GET /api/artifacts/${id}/data?as=${as}`);
  }
  return delays;
}

/** Creates versions of some data in every other way and lists them. */
export async function createManyAndList(server: MeasuredServer, type: string, data: Buffer): Promise<Delays> {
  const { delays, request } = recorder(server);
  const body = (before: string, after: string) => [Buffer.from(before), data, Buffer.from(after)];
  const item = `{"key":"${randomUUID()}","type":"${type}"`;
  const key = `"idempotencyKey":"${randomUUID()}"`;
  await request("create once", "POST /api/trpc/artifact.create", body(`${item},${key},"data":`, "}"));
  await request(
    "create many",
    "POST /api/trpc/artifact.createMany",
    body(`{"items":[${item}},${item},"idempotencyKey":"${randomUUID()}","data":`, "}]}"),
  );
  const now = '"2026-01-01T00:00:00.000000Z"';
  const id = randomUUID();
  const row = `{"id":"${id}","type":"${type}","created":${now},"updated":${now},"data":`;
  await request("import", "POST /api/trpc/admin.import", body(`{"artifacts":[${row}`, "}]}"));
  await request(
    "batch",
    "POST /api/trpc/artifact.create,artifact.create?batch=1",
    body(`{"0":${item}},"1":${item},"data":`, "}}"),
  );
  const where = { artifacts: { id: { any: [id] } } };
  const input = encodeURIComponent(JSON.stringify({ where, include: ["data"] }));
  await request("list", `GET /api/trpc/artifact.list?input=${input}`);
  const filter = JSON.stringify({ artifacts: { id: { any_: [id] } } });
  await request("list by REST", "POST /api/artifacts/filter", [Buffer.from(filter)]);
  return delays;
}

/** Backs up an instance with one version of some data, and restores it into another one. */
export async function backUpAndRestore(
  env: Record<string, string | undefined>,
  type: string,
  data: Buffer,
): Promise<Delays> {
  await using source = await startMeasuredServer(env);
  const { delays, request } = recorder(source);
  const body = [Buffer.from(`{"key":"k","type":"${type}","data":`), data, Buffer.from("}")];
  await request("create", "POST /api/trpc/artifact.create", body);
  const stream = await source.measure("GET /api/backup");
  delays.backup = stream.delay;

  await using target = await startMeasuredServer(env);
  const restored = recorder(target);
  const backup = randomUUID();
  const begin = Buffer.from(JSON.stringify({ backup }));
  await restored.request("begin", "POST /api/trpc/admin.restore", [begin]);
  let number = 0;
  for await (const { line, content } of partsIn(stream.content())) {
    number += 1;
    const part = [Buffer.from(line), Buffer.from(content)];
    await restored.request(`part ${number}`, `PUT /api/restore/${backup}/${number}`, part);
  }
  await restored.request("restore", `POST /api/restore/${backup}`);
  return { ...delays, ...restored.delays };
}

function recorder(server: MeasuredServer) {
  const delays: Delays = {};
  const request = async (name: string, line: string, body?: Uint8Array[]) => {
    const { delay, start } = await server.measure(line, body);
    delays[name] = delay;
    return start;
  };
  return { delays, request };
}
