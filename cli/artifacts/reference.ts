import { responseError } from "#client/error";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { KEY_CHARACTERS } from "#contract/key";
import { parseReference as parse, type Reference } from "#contract/reference";
import { AsOf, Key } from "#contract/value";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";
import type { Output } from "../terminal/output";

/** The option of commands that read what was there at a timestamp. */
export const AS_OF = {
  type: "string",
  value: "TIMESTAMP",
  help: "What was there then, as 2026-11-01T09:00:00Z",
} as const;

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

/**
 * The timestamp of `--as-of`, undefined without it; notes where not everything is known of it.
 * @throws CliError (usage) for another text
 */
export async function parseAsOf(
  text: string | undefined,
  { vitrine }: Connection,
  output: Output,
): Promise<string | undefined> {
  if (text === undefined) return undefined;
  if (AsOf.safeParse(text).success) {
    const known = await vitrine.collection.knownSince.query();
    if (known !== null && Date.parse(text) < Date.parse(known)) {
      output.note(`Deletions and labels before ${known} are unknown.`);
    }
    return text;
  }
  throw usageError(`Invalid --as-of "${text}": use a timestamp with an offset, as 2026-11-01T09:00:00Z.`);
}

/** The version with its data, parsed; with `asOf` as it was then. @throws VitrineError (NOT_FOUND) */
export function readVersion({ vitrine }: Connection, reference: Reference, asOf?: string): Promise<ArtifactDetail> {
  return "id" in reference || "version" in reference
    ? vitrine.artifact.read.query({ ...reference, asOf })
    : vitrine.collection.latest.query({ ...reference, asOf });
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

/** The exact JSON text of the data, with `asOf` as it was then. @throws VitrineError (NOT_FOUND) */
export async function readDataText(connection: Connection, reference: Reference, asOf?: string): Promise<string> {
  if (!("id" in reference || "version" in reference)) {
    const { id } = await (asOf === undefined
      ? findRow(connection, reference)
      : readVersion(connection, reference, asOf));
    return readDataText(connection, { id }, asOf);
  }
  const path = "id" in reference ? reference.id : `key/${encodeURIComponent(reference.key)}/${reference.version}`;
  const query = new URLSearchParams({ as: "json", ...(asOf !== undefined && { asOf }) });
  const response = await connection.get(`/api/artifacts/${path}/data?${query}`);
  return response.text();
}

/** The bytes of a version's file, the one at a path of its folder, or all of a folder as a ZIP archive. */
export async function readFile({ fetch, url }: Connection, id: string, path?: string): Promise<Response> {
  const query = new URLSearchParams({ as: "file", ...(path !== undefined && { path }) });
  const response = await fetch(`/api/artifacts/${id}/data?${query}`);
  if (response.ok) return response;
  throw await responseError(response, url);
}
