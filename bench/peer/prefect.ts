import { freePort } from "#db/embedded/liveness";
import { type BenchPostgres, log } from "../harness/postgres";
import { type Server, serve } from "../harness/server";
import { filledDatabase } from "../volume/generate";
import { copyRowsToPrefect } from "./copy";
import { migratePrefect, prefectCommand, prefectEnv } from "./python";

/** Starts a Prefect server on the same PostgreSQL, with the same rows as the Vitrine database of that size. */
export async function startPrefect(postgres: BenchPostgres, size: number): Promise<Server> {
  const command = await prefectCommand();
  const port = await freePort();
  const name = `prefect_${size}`;
  const { host, port: postgresPort, user, password } = postgres.address(name);
  const url = host.startsWith("/")
    ? `postgresql+asyncpg://${user}@/${name}?host=${host}&port=${postgresPort}`
    : `postgresql+asyncpg://${user}:${password}@${host}:${postgresPort}/${name}`;
  await postgres.drop(name);
  const { db, close } = await postgres.open(name, { limits: false });
  log("Creating Prefect's tables and copying the rows …");
  migratePrefect(command, url);
  await (await filledDatabase(postgres, size)).close();
  await copyRowsToPrefect(db, postgres.address(`bench_${size}`));
  await close();
  // Without background services, which would only slow it down.
  const args = ["server", "start", "--host", "127.0.0.1", "--port", String(port), "--no-services", "--no-ui"];
  const server = await serve(command, args, prefectEnv(url), /http:\/\/127\.0\.0\.1:(\d+)/);
  await waitUntilReady(port);
  return server;
}

async function waitUntilReady(port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const response = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Prefect did not start within a minute; see its logs in .bench/prefect-home.");
}
