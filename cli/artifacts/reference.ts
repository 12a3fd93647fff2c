import type { Artifact, ArtifactDetail, ArtifactRead } from "#contract/artifact";
import { Id, Key } from "#contract/value";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

/** One version, or the latest of a key. */
export type Reference = ArtifactRead | { key: string };

export const REFERENCE_HELP =
  "KEY refers to the latest version of a key, KEY@3 to version 3, and an id to any artifact, with or without a key.";

/** Parses `key`, `key@3`, `key@latest` or an id; a GUID is an id. @throws CliError (usage) for anything else */
export function parseReference(arg: string): Reference {
  if (Id.safeParse(arg).success) return { id: arg };
  const [, key = "", number] = /^([^@]*)(?:@(.*))?$/.exec(arg) ?? [];
  const isVersion = number === undefined || number === "latest" || /^[1-9]\d{0,14}$/.test(number);
  if (!Key.safeParse(key).success || !isVersion) {
    throw usageError(
      `Invalid version "${arg}": use KEY, KEY@3 or an id. Keys contain lowercase letters, digits and dashes.`,
    );
  }
  return number === undefined || number === "latest" ? { key } : { key, version: Number(number) };
}

/** @throws CliError (usage) for what is not a key */
export function parseKey(arg: string): string {
  if (Key.safeParse(arg).success) return arg;
  throw usageError(`Invalid key "${arg}": use lowercase letters, digits and dashes.`);
}

/** The version with its data, parsed. @throws VitrineError (NOT_FOUND) */
export function readVersion({ vitrine }: Connection, reference: Reference): Promise<ArtifactDetail> {
  return "id" in reference || "version" in reference
    ? vitrine.artifact.read.query(reference)
    : vitrine.collection.latest.query(reference);
}

/** The version without its data. @throws VitrineError (NOT_FOUND) */
export async function findRow(connection: Connection, reference: Reference): Promise<Artifact> {
  const { artifact, collection } = connection.vitrine;
  const [row] =
    "id" in reference
      ? await artifact.list.query({ where: { artifacts: { id: { any: [reference.id] } } } })
      : "version" in reference
        ? await artifact.list.query({
            where: { artifacts: { key: { any: [reference.key] }, version: { any: [reference.version] } } },
          })
        : await collection.list.query({ where: { artifacts: { key: { any: [reference.key] } } } });
  // For its error, which says whether the version was deleted.
  return row ?? readVersion(connection, reference);
}

/** The exact JSON text of the data. @throws VitrineError (NOT_FOUND) */
export async function readDataText(connection: Connection, reference: Reference): Promise<string> {
  if (!("id" in reference || "version" in reference)) {
    return readDataText(connection, { id: (await findRow(connection, reference)).id });
  }
  const path = "id" in reference ? reference.id : `key/${reference.key}/${reference.version}`;
  const response = await connection.get(`/api/artifacts/${path}/data`);
  return response.text();
}
