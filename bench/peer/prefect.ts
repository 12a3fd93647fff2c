import { freePort } from "#db/embedded/owner";
import { type Place, tell } from "../harness/postgres";
import { type Server, serve } from "../harness/server";
import { filled } from "../volume/generate";
import { copyRows } from "./copy";
import { migratePrefect, prefectCommand, prefectEnv } from "./python";

/** A real Prefect server with the same rows as our database of that size, on the same PostgreSQL. */
export async function startPrefect(place: Place, size: number): Promise<Server> {
  const command = await prefectCommand();
  const port = await freePort();
  const name = `prefect_${size}`;
  const { host, port: postgresPort, user, password } = place.address(name);
  const url = host.startsWith("/")
    ? `postgresql+asyncpg://${user}@/${name}?host=${host}&port=${postgresPort}`
    : `postgresql+asyncpg://${user}:${password}@${host}:${postgresPort}/${name}`;
  await place.drop(name);
  const { db, close } = await place.open(name, { limits: false });
  tell("Making Prefect's tables and copying our rows into them …");
  migratePrefect(command, url);
  await (await filled(place, size)).close();
  await copyRows(db, place.address(`bench_${size}`));
  await close();
  // Its background services are left out: they would only slow it down.
  const args = ["server", "start", "--host", "127.0.0.1", "--port", String(port), "--no-services", "--no-ui"];
  const server = await serve(command, args, prefectEnv(url), /http:\/\/127\.0\.0\.1:(\d+)/);
  await ready(port);
  return server;
}

async function ready(port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Prefect did not come up within a minute: see what it wrote in .bench/prefect-home.");
}
