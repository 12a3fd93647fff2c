import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureCluster } from "#db/embedded/cluster";
import { readPidFile, startPostmaster } from "#db/embedded/postmaster";
import { commandLineOf, endProcess, isRunning } from "#db/embedded/processes";
import { ensurePrivateFolder, findPrograms } from "#db/embedded/programs";
import { migrate } from "#db/migrate";
import { connect } from "#db/postgres";
import { addressOf, TEMPLATE } from "../template";

// Test data need not survive a crash of the machine.
const QUICK = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

const PREFIX = "vitrine-test-";

export interface TestPostgres {
  /** Its socket folder. */
  socket: string;
  /** Also deletes its data. */
  stop(): Promise<void>;
}

/** Starts one PostgreSQL for a whole run, with the migrated template. */
export async function startTestPostgres(): Promise<TestPostgres> {
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const socket = join(folder, "socket");
  const programs = await findPrograms(folder);
  await ensurePrivateFolder(socket, programs.account);
  await ensureCluster(folder, programs);
  const running = startPostmaster(programs, folder, { socket }, QUICK);
  await running.ready;
  const root = connect(addressOf(socket, "postgres"));
  await root.db.execute(`create database ${TEMPLATE}`);
  await root.close();
  const template = connect(addressOf(socket, TEMPLATE));
  await migrate(template.db);
  await template.close();
  return {
    socket,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Removes the data of runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.split("-")[2]);
    if (!name.startsWith(PREFIX) || !pid || isRunning(pid)) continue;
    const folder = join(tmpdir(), name);
    const orphan = Number(readPidFile(join(folder, "postgres"))[0]);
    if (orphan && commandLineOf(orphan)?.includes(folder)) await endProcess(orphan);
    await rm(folder, { recursive: true, force: true });
  }
}
