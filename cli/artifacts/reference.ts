import type { Artifact, ArtifactDetail, ArtifactRead } from "#contract/artifact";
import { Id, Key } from "#contract/value";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

/** What a word on the command line names: one version, or the latest of a key. */
export type Reference = ArtifactRead | { key: string };

/** How a version is named, for the help of commands that take one. */
export const REFERENCE_HELP = "A version is named KEY@3, the latest of a key KEY, any artifact by its id.";

/**
 * Reads `key`, `key@3` or an id; what has the form of an id is one.
 * @throws Failure (usage) for anything else
 */
export function parseReference(word: string): Reference {
  if (Id.safeParse(word).success) return { id: word };
  const [, key = "", number] = /^([^@]*)(?:@(.*))?$/.exec(word) ?? [];
  const isVersion = number === undefined || number === "latest" || /^[1-9]\d{0,14}$/.test(number);
  if (!Key.safeParse(key).success || !isVersion) {
    throw usageError(
      `"${word}" names no version: write KEY, KEY@3 or an id; a key has lowercase letters, digits and dashes.`,
    );
  }
  return number === undefined || number === "latest" ? { key } : { key, version: Number(number) };
}

/** The key a word names. @throws Failure (usage) for anything else */
export function parseKey(word: string): string {
  if (Key.safeParse(word).success) return word;
  throw usageError(`"${word}" is no key: a key has lowercase letters, digits and dashes.`);
}

/** The version that is named, with its data as JavaScript reads it. NOT_FOUND. */
export function readVersion({ vitrine }: Connection, named: Reference): Promise<ArtifactDetail> {
  return "id" in named || "version" in named
    ? vitrine.artifact.read.query(named)
    : vitrine.collection.latest.query(named);
}

/** The version that is named, without its data. NOT_FOUND, as `read` says it. */
export async function findRow(connection: Connection, named: Reference): Promise<Artifact> {
  const { artifact, collection } = connection.vitrine;
  const [row] =
    "id" in named
      ? await artifact.list.query({ where: { artifacts: { id: { any: [named.id] } } } })
      : "version" in named
        ? await artifact.list.query({
            where: { artifacts: { key: { any: [named.key] }, version: { any: [named.version] } } },
          })
        : await collection.list.query({ where: { artifacts: { key: { any: [named.key] } } } });
  return row ?? readVersion(connection, named);
}

/** The JSON text of a version's data, exactly as it is stored. NOT_FOUND. */
export async function readDataText(connection: Connection, named: Reference): Promise<string> {
  if (!("id" in named || "version" in named))
    return readDataText(connection, { id: (await findRow(connection, named)).id });
  const path = "id" in named ? named.id : `key/${named.key}/${named.version}`;
  const response = await connection.get(`/api/artifacts/${path}/data`);
  return response.text();
}
