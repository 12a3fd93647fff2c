import type { Metadata } from "#contract/artifact";
import { type Json, parseJson } from "#contract/json";
import { type CliError, usageError } from "../terminal/error";

export const METADATA_HELP = `Metadata is NAME=TEXT, NAME:=JSON or a JSON object. Repeat --metadata for more.`;

/**
 * Merges `--metadata` arguments into `base`, in order; `NAME:=` without JSON removes a name.
 * @throws CliError (usage) for an argument of another form
 */
export function parseMetadata(args: string[], base: Metadata = {}): Metadata {
  const metadata = { ...base };
  for (const arg of args) {
    const [, name, colon, value = ""] = /^([^={}:]+)(:?)=(.*)$/s.exec(arg) ?? [];
    if (name === undefined) Object.assign(metadata, parseObject(arg));
    else if (colon && value === "") delete metadata[name];
    else metadata[name] = colon ? parseValue(value, arg) : value;
  }
  return metadata;
}

function parseObject(arg: string): Metadata {
  const value = parseValue(arg, arg);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid(arg);
  return value;
}

function parseValue(text: string, arg: string): Json {
  const value = parseJson(text);
  if (value === undefined) throw invalid(arg);
  return value;
}

function invalid(arg: string): CliError {
  return usageError(`Invalid metadata "${arg}": use NAME=TEXT, NAME:=JSON or a JSON object.`);
}
