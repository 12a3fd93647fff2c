import type { KeyCondition } from "#contract/filter";
import { KEY_CHARACTERS } from "#contract/key";
import { usageError } from "../terminal/error";

export interface KeyPattern {
  /** What the server filters by; it may let through keys that do not match. */
  condition: KeyCondition;
  matches(key: string | null): boolean;
}

/**
 * Parses a pattern of keys in which `*` matches any characters: `daily-*`, `*-report`.
 * @throws CliError (usage) for a pattern that no key can match
 */
export function parseKeyPattern(text: string): KeyPattern {
  const parts = text.split("*");
  const literals = parts.filter(Boolean);
  if (!literals.every((literal) => /^[a-z0-9._/-]{1,255}$/.test(literal))) {
    throw usageError(`Invalid pattern "${text}": keys contain ${KEY_CHARACTERS}; * matches any.`);
  }
  const whole = new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join(".*")}$`);
  return { condition: conditionFor(parts, literals), matches: (key) => key !== null && whole.test(key) };
}

function conditionFor(parts: string[], literals: string[]): KeyCondition {
  const [first = ""] = parts;
  if (parts.length === 1) return { any: [first] };
  if (first) return { startsWith: first };
  const longest = literals.reduce((best, literal) => (literal.length > best.length ? literal : best), "");
  return longest ? { contains: longest } : { exists: true };
}
