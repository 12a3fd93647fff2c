import { mkdtemp, readdir, rm, statfs } from "node:fs/promises";
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

/** Memory as a file system, where Linux has one. */
const MEMORY = "/dev/shm";
const ENOUGH_MEMORY = 8 * 1024 ** 3;

export interface TestPostgres {
  /** Its socket folder. */
  socket: string;
  /** Also deletes its data. */
  stop(): Promise<void>;
}

/** Starts one PostgreSQL for a whole run, with the migrated template. */
export async function startTestPostgres(): Promise<TestPostgres> {
  for (const parent of [tmpdir(), MEMORY]) await removeAbandoned(parent);
  const folder = await mkdtemp(join(await parentFolder(), `${PREFIX}${process.pid}-`));
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

/** Where files are written with the least work: in memory where there is enough. */
async function parentFolder(): Promise<string> {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, process.availableMemory()) >= ENOUGH_MEMORY ? MEMORY : tmpdir();
}

/** Removes the data of runs that were killed. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = Number(name.split("-")[2]);
    if (!name.startsWith(PREFIX) || !pid || isRunning(pid)) continue;
    const folder = join(parent, name);
    const orphan = Number(readPidFile(join(folder, "postgres"))[0]);
    if (orphan && commandLineOf(orphan)?.includes(folder)) await endProcess(orphan);
    await rm(folder, { recursive: true, force: true });
  }
}
