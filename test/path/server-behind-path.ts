import { connect } from "#db/postgres";
import { createChanges } from "#server/models/changes";
import type { FreshDatabase } from "../database";
import { serve } from "../http-server";
import { openPathProxy } from "./path-proxy";

/** How long a request may take, and recovery after the path works again, in milliseconds. */
const LONGEST = 5_000;
export const RECOVERY = 10_000;

/** A server whose connections to its database pass through a proxy. */
export async function serverBehindPath(fresh: FreshDatabase) {
  const path = await openPathProxy(fresh.address);
  const connection = connect(path.address);
  const changes = createChanges(path.address);
  const server = await serve({ pools: connection.pools, changes });
  const created = await server.post("artifact.create", '{"key":"seen","data":"# Seen"}');
  const { id } = (await created.json()).result.data;
  const rest = { method: "POST", headers: { "content-type": "application/json" } };
  const kinds: Record<string, () => Promise<Response>> = {
    read: () => server.post("artifact.read", JSON.stringify({ id })),
    latest: () => server.post("collection.latest", '{"key":"seen"}'),
    list: () => server.post("collection.list", "{}"),
    create: () => server.post("artifact.create", '{"key":"seen"}'),
    update: () => server.post("artifact.update", JSON.stringify({ id, description: "new" })),
    "REST read": () => server.fetch(`/api/artifacts/${id}`),
    "REST create": () => server.fetch("/api/artifacts/", { ...rest, body: '{"key":"seen"}' }),
    download: () => server.fetch(`/api/artifacts/${id}/data`),
    ready: () => server.fetch("/api/ready"),
  };
  return {
    path,
    kinds,
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await path[Symbol.asyncDispose]();
      await Promise.all([changes.close(), connection.close()]);
    },
  };
}

/** Sends requests of every kind, each after the response to the last of its kind, for as long as `isLoading`. */
export async function load(kinds: Record<string, () => Promise<Response>>, isLoading: () => boolean) {
  const slow: [string, number][] = [];
  const statuses = new Set<number>();
  const one = async (name: string, send: () => Promise<Response>) => {
    while (isLoading()) {
      const start = performance.now();
      const response = await send();
      await response.text();
      statuses.add(response.status);
      if (performance.now() - start > LONGEST) slow.push([name, performance.now() - start]);
    }
  };
  await Promise.all(Object.entries(kinds).map(([name, send]) => one(name, send)));
  return { slow, statuses };
}

/** Whether every kind of request succeeds, several times at once. */
export async function allWork(kinds: Record<string, () => Promise<Response>>): Promise<string[]> {
  const failed = async ([name, send]: [string, () => Promise<Response>]) => {
    const responses = await Promise.all(Array.from({ length: 4 }, send));
    const texts = await Promise.all(responses.map((response) => response.text()));
    return responses.flatMap(({ ok }, i) => (ok ? [] : [`${name}: ${texts[i]}`]));
  };
  return (await Promise.all(Object.entries(kinds).map(failed))).flat();
}
