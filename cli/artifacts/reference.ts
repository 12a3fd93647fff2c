import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { KEY_CHARACTERS } from "#contract/key";
import { parseReference as parse, type Reference } from "#contract/reference";
import { Key } from "#contract/value";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

export const REFERENCE_HELP =
  "KEY refers to the latest version of a key, KEY@3 to version 3, KEY@production to the one with that label, and an id to\nany artifact, with or without a key.";

/** @throws CliError (usage) for what is neither a key, a version, a label of a key nor an id */
export function parseReference(arg: string): Reference {
  const reference = parse(arg);
  if (reference) return reference;
  throw usageError(`Invalid version "${arg}": use KEY, KEY@3, KEY@label or an id. Keys contain ${KEY_CHARACTERS}.`);
}

/** @throws CliError (usage) for what is not a key */
export function parseKey(arg: string): string {
  if (Key.safeParse(arg).success) return arg;
  throw usageError(`Invalid key "${arg}": use ${KEY_CHARACTERS}.`);
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
        : reference.label !== undefined
          ? await artifact.list.query({
              where: { artifacts: { key: { any: [reference.key] }, label: { any: [reference.label] } } },
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
  const path = "id" in reference ? reference.id : `key/${encodeURIComponent(reference.key)}/${reference.version}`;
  const response = await connection.get(`/api/artifacts/${path}/data`);
  return response.text();
}
