import { type Column, or, type SQL } from "drizzle-orm";
import type { TextTerm } from "#contract/query/tree";
import { artifact, artifactCollection } from "#db/schema";
import { patternIs } from "./where";

/** Whether free text is looked for in columns of versions, with which rows of keys are then joined. */
export const TEXT_READS_VERSION = true;

/**
 * The rows that free text of a query finds: its text is in the key or the description, ignoring case. `artifact`: the rows are
 * versions; `collection`: they are those of keys, joined with their latest version. The text is not empty.
 */
export function textMatches({ text }: TextTerm, scope: "artifact" | "collection"): SQL {
  const key = scope === "artifact" ? artifact.key : artifactCollection.key;
  const found = or(keyContains(key, text), patternIs(artifact.description, { contains: text }));
  if (!found) throw new Error("free text is not empty");
  return found;
}

/** What a part of a key consists of. */
const IN_KEY = /^[a-z0-9._/-]+$/i;

/** Undefined for a text that no key has. */
function keyContains(key: Column, text: string): SQL | undefined {
  return IN_KEY.test(text) ? patternIs(key, { contains: text }) : undefined;
}
