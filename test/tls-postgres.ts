import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Address } from "#db/address";
import { ensureCluster, passwordOf } from "#db/embedded/cluster";
import { freePort } from "#db/embedded/liveness";
import { startPostmaster } from "#db/embedded/postmaster";
import { findPrograms } from "#db/embedded/programs";
import { selfSigned } from "./certificate";

/** A PostgreSQL of its own that accepts TLS, with a self-signed certificate. */
export interface TlsPostgres extends AsyncDisposable {
  address: Exclude<Address, string>;
}

/** Starts it in a temporary folder, on a port. */
export async function startTlsPostgres(): Promise<TlsPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-tls-"));
  const programs = await findPrograms(folder);
  await ensureCluster(folder, programs);
  const { certificate, key } = selfSigned();
  for (const [name, content] of [
    ["server.crt", certificate],
    ["server.key", key],
  ] as const) {
    const file = join(folder, "postgres", name);
    await writeFile(file, content, { mode: 0o600 });
    const { owner } = programs.account;
    if (owner) await chown(file, owner.uid, owner.gid);
  }
  const port = await freePort();
  const running = startPostmaster(programs, folder, { port }, { ssl: "on", fsync: "off" });
  await running.ready;
  return {
    address: { host: "127.0.0.1", port, user: "vitrine", database: "postgres", password: await passwordOf(folder) },
    async [Symbol.asyncDispose]() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
