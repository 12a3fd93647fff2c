import type { KeyCondition } from "#contract/filter";
import { Key } from "#contract/value";
import { usageError } from "../terminal/error";

/** Which keys: what the store can ask for by itself, and the whole test. */
export interface KeyPattern {
  condition: KeyCondition;
  matches(key: string | null): boolean;
}

/**
 * Reads a pattern of keys, in which `*` stands for anything: `daily-*`, `*-report`, `daily-report`.
 * @throws Failure (usage) for what no key can match
 */
export function parseKeyPattern(text: string): KeyPattern {
  const parts = text.split("*");
  const written = parts.filter(Boolean);
  if (!written.every((part) => Key.safeParse(part).success)) {
    throw usageError(
      `"${text}" matches no key: a key has lowercase letters, digits and dashes; * stands for anything.`,
    );
  }
  const whole = new RegExp(`^${parts.join(".*")}$`);
  return { condition: conditionOf(parts, written), matches: (key) => key !== null && whole.test(key) };
}

function conditionOf(parts: string[], written: string[]): KeyCondition {
  const [first = ""] = parts;
  if (parts.length === 1) return { any: [first] };
  if (first) return { startsWith: first };
  const longest = written.reduce((best, part) => (part.length > best.length ? part : best), "");
  return longest ? { contains: longest } : { exists: true };
}
