import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { codeOf, StartupError } from "#db/startup-error";
import { ask } from "./owner";

const Instance = z.object({
  /** The server that has the data, and where it answers for itself. */
  pid: z.number(),
  address: z.string(),
  door: z.object({ path: z.string() }).or(z.object({ port: z.number() })),
  /** The folder of its sockets, gone with it. */
  sockets: z.string().nullable(),
  /** Its PostgreSQL, once that runs. */
  postgres: z.object({ pid: z.number(), host: z.string(), port: z.number() }).nullable(),
});
type Instance = z.infer<typeof Instance>;

/** This process's hold on a data folder. */
export interface Claim {
  /** Writes down the PostgreSQL that runs, for whoever looks into the folder. */
  tell(postgres: Instance["postgres"]): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes a data folder for this process, in `instance.json`.
 * @throws Refusal that names the server that has it
 */
export async function claim(folder: string, mine: Instance): Promise<Claim> {
  const file = join(folder, "instance.json");
  const draft = join(folder, `instance.new-${process.pid}`);
  const put = (instance: Instance) => writeFile(draft, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
  await put(mine);
  // A link is made whole or not at all, so that of two starts one has the folder.
  try {
    while (!(await linkedTo(draft, file))) await dropStale(file, folder);
  } finally {
    await rm(draft);
  }
  return {
    async tell(postgres) {
      await put({ ...mine, postgres });
      await rename(draft, file);
    },
    release: () => rm(file, { force: true }),
  };
}

/** @throws Refusal that names the server that has a data folder, where one has */
export async function refuseOccupied(folder: string): Promise<void> {
  await livingIn(folder, await textOf(join(folder, "instance.json")));
}

async function livingIn(folder: string, text: string | null): Promise<Instance | null> {
  const found = text === null ? null : instanceIn(text);
  if (!found || !(await ask(found.door))) return found;
  throw new StartupError(
    `Vitrine already runs on this data at ${found.address} (process ${found.pid}): use that one, stop it, or set VITRINE_DATA to a folder other than ${folder}.`,
  );
}

/** @throws Refusal where the server that wrote the file lives */
async function dropStale(file: string, folder: string): Promise<void> {
  const text = await textOf(file);
  if (text === null) return;
  const found = await livingIn(folder, text);
  const aside = join(folder, `instance.old-${process.pid}`);
  await rename(file, aside).catch(() => {});
  const taken = await textOf(aside);
  // Another start may have taken the folder since the file was read: then that one's file goes back.
  if (taken !== null && taken !== text) await rename(aside, file);
  else await rm(aside, { force: true });
  if (taken === text && found?.sockets) await rm(found.sockets, { recursive: true, force: true });
}

async function linkedTo(draft: string, file: string): Promise<boolean> {
  return link(draft, file).then(
    () => true,
    (error) => {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    },
  );
}

function textOf(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
}

function instanceIn(text: string): Instance | null {
  try {
    return Instance.parse(JSON.parse(text));
  } catch {
    return null; // Cut short by a crash: nobody's.
  }
}
