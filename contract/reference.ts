import type { ArtifactRead } from "./artifact";
import { LATEST, LabelName } from "./label";
import { Id, Key } from "./value";

/** One version, or that of a key which has a label; the latest without one. */
export type Reference = ArtifactRead | { key: string; label?: string };

/** Parses `key`, `key@3`, `key@latest`, `key@label` or an id; a GUID is an id. Null for anything else. */
export function parseReference(text: string): Reference | null {
  if (Id.safeParse(text).success) return { id: text };
  const [, key, version] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
  if (key === undefined || !Key.safeParse(key).success) return null;
  if (version === undefined || version === LATEST) return { key };
  if (LabelName.safeParse(version).success) return { key, label: version };
  return /^[1-9]\d{0,14}$/.test(version) ? { key, version: Number(version) } : null;
}
