import type { MeasuredServer } from "./server";

/** What was sent or read, and the longest delay of the event loop meanwhile, in milliseconds. */
export type Delays = Record<string, number>;

/** Creates a version of some data, reads it in every form, and gives the delays of each request. */
export async function createAndRead(server: MeasuredServer, type: string, data: Buffer): Promise<Delays> {
  const delays: Delays = {};
  const request = async (name: string, line: string, body?: Uint8Array[]) => {
    const { delay, start } = await server.measure(line, body);
    delays[name] = delay;
    return start;
  };
  const body = (rest: string) => [Buffer.from(`{${rest}"data":`), data, Buffer.from("}")];
  const created = await request("create", "POST /api/trpc/artifact.create", body(`"type":"${type}",`));
  await request("create by REST", "POST /api/artifacts", body(`"type":"${type}",`));
  const id = /"id":"([^"]+)"/.exec(created)?.[1];
  if (id === undefined) return delays;
  await request("update", "POST /api/trpc/artifact.update", body(`"id":"${id}",`));
  const input = encodeURIComponent(JSON.stringify({ id }));
  await request("read", `GET /api/trpc/artifact.read?input=${input}`);
  await request("read by REST", `GET /api/artifacts/${id}`);
  for (const as of ["json", "md", "csv", "file"]) await request(as, `GET /api/artifacts/${id}/data?as=${as}`);
  return delays;
}
