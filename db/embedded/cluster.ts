import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartupError } from "#db/startup-error";
import { alive } from "./pids";
import { hand, type Program } from "./program";

/** The major version of the binaries; a data folder belongs to one major for ever. */
const MAJOR = "18";

const HALF_MADE = "postgres.new-";

const PASSWORD = "vitrine.password";

/** Trusted through the socket, whose folder is private; by password through a port. */
const ACCESS = ["--username=vitrine", "--auth-local=trust", "--auth-host=scram-sha-256"];

/** Byte order, and letters beyond ASCII known as letters, whatever locales the machine has. */
const TEXT = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/**
 * Makes the data folder of PostgreSQL unless it is there.
 * @param folder the instance's own folder, which exists
 * @param announce told when one is about to be made
 * @throws Refusal where it belongs to another major version or user, or cannot be made
 */
export async function cluster(folder: string, program: Program, announce: () => void = () => {}): Promise<void> {
  const data = join(folder, "postgres");
  if (!existsSync(join(data, "PG_VERSION"))) {
    announce();
    await make(folder, data, program);
  }
  const major = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  if (major !== MAJOR) {
    throw new StartupError(
      `${data} is of PostgreSQL ${major} and this Vitrine brings ${MAJOR}: run a PostgreSQL ${major} on it and set DATABASE_URL, or set VITRINE_DATA to a new folder.`,
    );
  }
  await hand(data, program.account);
}

/** The password for connections through a port; made with the data folder. */
export async function passwordOf(folder: string): Promise<string> {
  return readFile(join(folder, "postgres", PASSWORD), "utf8");
}

async function make(folder: string, data: string, { account, run }: Program): Promise<void> {
  if (existsSync(data) && (await readdir(data)).length > 0) {
    throw new StartupError(
      `${data} holds something that is not a PostgreSQL: move it away, or set VITRINE_DATA to a new folder.`,
    );
  }
  await dropHalfMade(folder);
  // Made beside and renamed: a start that was cut short never leaves half a database behind.
  const fresh = join(folder, `${HALF_MADE}${process.pid}`);
  const secret = join(folder, `password.new-${process.pid}`);
  await hand(fresh, account);
  await writeFile(secret, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account.owner) await chown(secret, account.owner.uid, account.owner.gid);
  const flags = [`--pgdata=${fresh}`, `--pwfile=${secret}`, ...ACCESS, ...TEXT];
  const { code, errors } = await run("initdb", flags);
  if (code !== 0) {
    await Promise.all([fresh, secret].map((each) => rm(each, { recursive: true, force: true })));
    throw new StartupError(`PostgreSQL could not make its data folder in ${folder}: ${firstLine(errors)}.`);
  }
  await rename(secret, join(fresh, PASSWORD));
  await rename(fresh, data).catch(async (error) => {
    // Another start on the same folder was quicker; its database is the one.
    if (!existsSync(join(data, "PG_VERSION"))) throw error;
    await rm(fresh, { recursive: true, force: true });
  });
}

async function dropHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(HALF_MADE) ? Number(name.slice(HALF_MADE.length)) : 0;
    if (pid && !alive(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim().replace(/\.$/, ""));
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines[0] ?? "no reason given";
}
