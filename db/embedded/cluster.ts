import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "#db/refusal";
import { hand, type Program } from "./program";

/** The major version of the binaries; a data folder belongs to one major for ever. */
export const MAJOR = "18";

/**
 * Makes the data folder of PostgreSQL unless it is there.
 * @param folder the instance's own folder, which exists
 * @param password for connections by port; without one the private socket folder is the only door
 * @returns the data folder
 * @throws Refusal where it belongs to another major version, or cannot be made
 */
export async function cluster(folder: string, { account, run }: Program, password?: string): Promise<string> {
  const data = join(folder, "postgres");
  if (!existsSync(join(data, "PG_VERSION"))) await make();
  await refuseOtherMajor(data);
  await hand(data, account);
  return data;

  async function make(): Promise<void> {
    await dropHalfMade(folder);
    // Made beside and renamed: a start that was cut short never leaves half a database behind.
    const fresh = join(folder, `postgres.new-${process.pid}`);
    await hand(fresh, account);
    const secret = password && join(folder, `password-${process.pid}`);
    if (secret) {
      await writeFile(secret, password, { mode: 0o600 });
      await hand(secret, account);
    }
    const access = secret ? ["--auth=scram-sha-256", `--pwfile=${secret}`] : ["--auth=trust"];
    const shape = ["--username=vitrine", "--encoding=UTF8", "--locale=C", "--data-checksums", ...access];
    const { code, errors } = await run("initdb", [`--pgdata=${fresh}`, ...shape]);
    if (secret) await rm(secret);
    if (code !== 0) {
      await rm(fresh, { recursive: true, force: true });
      throw new Refusal(`PostgreSQL could not make its data folder in ${folder}: ${firstLine(errors)}`);
    }
    await rename(fresh, data);
  }
}

async function dropHalfMade(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((name) => name.startsWith("postgres.new-"))) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function refuseOtherMajor(data: string): Promise<void> {
  const major = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  if (major === MAJOR) return;
  throw new Refusal(
    `${data} is of PostgreSQL ${major} and this Vitrine brings ${MAJOR}: run a PostgreSQL ${major} on it and set DATABASE_URL, or set VITRINE_DATA to a new folder.`,
  );
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines[0] ?? "no reason given";
}
