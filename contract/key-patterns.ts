import { z } from "zod";

/**
 * The keys of artifacts that a role reaches: patterns joined by commas, of which a key must match one. `*` matches any
 * characters, `/` too: `reports/*,sales-*`.
 */
export const KeyPatterns = z
  .string()
  .max(1_000)
  .regex(/^[a-z0-9._/*-]+(?:,[a-z0-9._/*-]+)*$/, "must be key patterns joined by commas, such as reports/*,sales-*");

/** The patterns in a text of them. */
export function patternsIn(keys: string): string[] {
  return keys.split(",").map((pattern) => pattern.trim());
}

/** Whether a role that reaches `keys` reaches this key; null reaches all, and no pattern reaches an artifact without a key. */
export function reachesKey(keys: string | null | undefined, key: string | null): boolean {
  if (keys == null) return true;
  return key !== null && patternsIn(keys).some((pattern) => matchesPattern(pattern, key));
}

/** In time linear in the key for each part: a regular expression with several `*` may take exponential time. */
function matchesPattern(pattern: string, key: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return key === pattern;
  if (!key.startsWith(first) || !key.endsWith(last) || key.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = key.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= key.length;
}
