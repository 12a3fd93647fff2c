import type { Metadata } from "#contract/artifact";
import { type Json, parseJson } from "#contract/json";
import { usageError } from "../terminal/error";

/** How metadata is written, for the help of commands that take some. */
export const METADATA_HELP = `Metadata is written name=text, name:=json or as a JSON object, as often as there is some:
  --metadata source=shop --metadata rows:=2 --metadata '{"region": "north"}'`;

/**
 * Reads what was given as metadata, each on top of the one before; `name:=` alone takes a name away.
 * @param base what is there already
 * @throws Failure (usage) for what is not written so
 */
export function parseMetadata(given: string[], base: Metadata = {}): Metadata {
  const all = { ...base };
  for (const text of given) {
    const [, name, colon, value = ""] = /^([^={}:]+)(:?)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) Object.assign(all, objectOf(text));
    else if (colon && value === "") delete all[name];
    else all[name] = colon ? jsonOf(value, text) : value;
  }
  return all;
}

function objectOf(text: string): Metadata {
  const whole = jsonOf(text, text);
  if (whole === null || typeof whole !== "object" || Array.isArray(whole)) throw unreadable(text);
  return whole;
}

function jsonOf(text: string, given: string): Json {
  const value = parseJson(text);
  if (value === undefined) throw unreadable(given);
  return value;
}

function unreadable(text: string) {
  return usageError(`"${text}" is no metadata: write name=text, name:=json or a JSON object.`);
}
