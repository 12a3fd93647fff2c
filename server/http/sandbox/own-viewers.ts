import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { processSingleton } from "#db/process-singleton";
import { StartupError } from "#db/startup-error";

/** The file that describes a viewer, in its folder. */
const MANIFEST = "viewer.json";

const MAX_FILES = 200;

const MAX_DEPTH = 8;

/** In bytes, of all files of all viewers: they are kept in memory. */
const MAX_SIZE = 64_000_000;

const words = z.array(z.string().trim().min(1).max(100)).max(50).default([]);

const Manifest = z.strictObject({
  /** As `metadata.viewer` names it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be letters, digits and hyphens, such as "chess-game"'),
  /** The types of artifacts whose data it shows. */
  types: words,
  /** The media types of files, and the endings of names of files of no known type. */
  mediaTypes: words,
  extensions: words,
  /** The path of the module within the folder. */
  entry: z.string().default("viewer.js"),
  /** In bytes: larger data is shown without it. */
  maxSize: z.int().positive().default(16_000_000),
});

/** A viewer of the operator, without its code. */
export type OwnManifest = z.output<typeof Manifest>;

/** A viewer of the operator: a module that runs in the sandbox. */
export interface OwnViewer {
  manifest: OwnManifest;
  /** The contents of its folder by path, read at the start. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * Reads the viewers of a folder: each of its folders that has a `viewer.json` is one. Those with a dot are those of
 * tools, such as Git and Kubernetes.
 * @throws StartupError that names the file and the rule that it breaks
 */
export function readOwnViewers(folder: string): OwnViewer[] {
  const names = namesIn(folder);
  const room = { bytes: MAX_SIZE };
  const viewers = names.flatMap((name) => {
    const own = join(folder, name);
    const path = join(own, MANIFEST);
    if (name.startsWith(".") || !existsSync(path)) return [];
    const files = filesIn(own, room);
    const text = files.get(MANIFEST) ?? [];
    const manifest = parseManifest(path, Buffer.from(text).toString("utf8"));
    if (!files.has(manifest.entry))
      throw new StartupError(`${path}: "entry" names "${manifest.entry}", which is not there.`);
    return [{ manifest, files }];
  });
  const [twice] = viewers.filter(
    ({ manifest: { name } }, at) => viewers.findIndex((each) => each.manifest.name === name) < at,
  );
  if (twice) throw new StartupError(`VITRINE_VIEWERS: two viewers have the name "${twice.manifest.name}".`);
  return viewers;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    throw new StartupError(`VITRINE_VIEWERS: the folder ${folder} cannot be read.`);
  }
}

/** @param room how many bytes more may be read */
function filesIn(folder: string, room: { bytes: number }): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const add = (below: string) => {
    if (below.split("/").length > MAX_DEPTH) {
      const message = `VITRINE_VIEWERS: ${join(folder, below)} is ${MAX_DEPTH} folders deep; is it a link to one above it?`;
      throw new StartupError(message);
    }
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (name.startsWith(".")) continue;
      const path = below + name;
      const stats = statSync(join(folder, path), { throwIfNoEntry: false });
      if (!stats)
        throw new StartupError(`VITRINE_VIEWERS: ${join(folder, path)} is a link to a file that is not there.`);
      if (stats.isDirectory()) add(`${path}/`);
      if (!stats.isFile()) continue;
      room.bytes -= stats.size;
      if (room.bytes < 0) {
        const message = `VITRINE_VIEWERS: the files of all viewers must be at most ${MAX_SIZE / 1e6} MB; ${folder} exceeds it.`;
        throw new StartupError(message);
      }
      if (files.size >= MAX_FILES) {
        throw new StartupError(`VITRINE_VIEWERS: ${folder} has more than ${MAX_FILES} files.`);
      }
      files.set(path, new Uint8Array(readFileSync(join(folder, path))));
    }
  };
  add("");
  return files;
}

function parseManifest(path: string, text: string): OwnManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StartupError(`${path} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
  const result = Manifest.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : issue?.path.join(".");
  throw new StartupError(`${path}: ${field || "the manifest"}: ${issue?.message}.`);
}

const state = processSingleton("own-viewers", (): { viewers: OwnViewer[] } => ({ viewers: [] }));

/** Reads the viewers of this process. @throws StartupError as `readOwnViewers` */
export function openOwnViewers(folder: string | undefined): void {
  state.viewers = folder === undefined ? [] : readOwnViewers(folder);
}

export function ownViewers(): readonly OwnViewer[] {
  return state.viewers;
}
