import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "#db/startup-error";
import { ensurePrivateFolder, type PostgresPrograms } from "./programs";

/** The major version of the binaries; a data folder can be used by its own major version only. */
const MAJOR = "18";

const UNFINISHED = "postgres.new-";

/** What a killed start leaves behind, of earlier versions too. */
const LEFTOVER = /^(?:postgres|password|binaries)\.new-/;

const PASSWORD = "vitrine.password";

/** No password for the socket, whose folder is private; one for connections to a port. */
const ACCESS = ["--username=vitrine", "--auth-local=trust", "--auth-host=scram-sha-256"];

/** Sorts in byte order and classifies all Unicode letters, whatever locales the machine has. */
const TEXT = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/**
 * Creates the data folder of PostgreSQL unless it exists, and removes what killed starts left behind.
 * @param folder the instance's own folder, which exists and is locked by this process
 * @throws StartupError where it is of another major version or cannot be created
 */
export async function ensureCluster(
  folder: string,
  programs: PostgresPrograms,
  log: (line: string) => void = () => {},
): Promise<void> {
  await removeLeftovers(folder);
  const data = join(folder, "postgres");
  if (!existsSync(join(data, "PG_VERSION"))) {
    log("Creating the database …");
    await createCluster(folder, data, programs);
  }
  const major = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  if (major !== MAJOR) {
    throw new StartupError(
      `${data} is of PostgreSQL ${major}, and this Vitrine has ${MAJOR}: run a PostgreSQL ${major} on it and set DATABASE_URL, or set VITRINE_DATA to a new folder.`,
    );
  }
  await ensurePrivateFolder(data, programs.account);
}

/** The password for connections to a port; created with the data folder. */
export async function passwordOf(folder: string): Promise<string> {
  return readFile(join(folder, "postgres", PASSWORD), "utf8");
}

async function createCluster(folder: string, data: string, { account, run }: PostgresPrograms): Promise<void> {
  if (existsSync(data) && (await readdir(data)).length > 0) {
    throw new StartupError(
      `${data} has files that are not of PostgreSQL: move it away, or set VITRINE_DATA to a new folder.`,
    );
  }
  // Created under another name and renamed, so that an interrupted start leaves no incomplete database. The name is a new
  // one each time: the `initdb` of a killed start may still be writing to its own.
  const unfinished = await mkdtemp(join(folder, UNFINISHED));
  const [fresh, password] = [join(unfinished, "data"), join(unfinished, PASSWORD)];
  await ensurePrivateFolder(unfinished, account);
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account.owner) await chown(password, account.owner.uid, account.owner.gid);
  const flags = [`--pgdata=${fresh}`, `--pwfile=${password}`, ...ACCESS, ...TEXT];
  const { code, errors } = await run("initdb", flags);
  if (code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new StartupError(`PostgreSQL could not create its data folder in ${folder}: ${firstError(errors)}.`);
  }
  await rename(password, join(fresh, PASSWORD));
  await rename(fresh, data);
  await rm(unfinished, { recursive: true, force: true });
}

/** Leaves what cannot be removed, as the `initdb` of a killed start may still be writing there, for the next start. */
async function removeLeftovers(folder: string): Promise<void> {
  const leftovers = (await readdir(folder)).filter((name) => LEFTOVER.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})));
}

function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.trim().replace(/\.$/, ""));
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines[0] ?? "no reason given";
}
