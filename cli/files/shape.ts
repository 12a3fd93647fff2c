import { parseJson } from "#contract/json";
import { runToEnd } from "#formats/steps";
import { countRows } from "#formats/table-form";
import { isImageUrl, parseLink } from "#formats/url";
import { usageError } from "../terminal/error";

/** By type, what its data must be and whether a JSON text in UTF-8 is; other types have any data. */
const SHAPES: Record<string, { expected: string; fits(json: Uint8Array): boolean }> = {
  markdown: { expected: "text", fits: isString },
  text: { expected: "text", fits: isString },
  table: { expected: "a list of rows", fits: (json) => runToEnd(countRows(json)) !== null },
  link: { expected: "a URL", fits: (json) => parseLink(parsed(json)) !== null },
  image: { expected: "an image or the URL of one", fits: (json) => isImageUrl(parsed(json)) },
  progress: { expected: "a number from 0 to 100", fits: isPercentage },
};

/** Whether data is shown as its type. */
export function fitsShape(type: string | null, json: Uint8Array): boolean {
  return shapeOf(type)?.fits(json) ?? true;
}

/** @throws CliError (usage) for data that would not be shown as its type */
export function expectShape(name: string, type: string | null, json: Uint8Array): void {
  if (fitsShape(type, json)) return;
  throw usageError(`${name} does not fit the type ${type}: it must be ${shapeOf(type)?.expected}.`);
}

function shapeOf(type: string | null) {
  return type !== null && Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
}

function isString(json: Uint8Array): boolean {
  return json[0] === '"'.charCodeAt(0);
}

function isPercentage(json: Uint8Array): boolean {
  const value = parsed(json);
  return typeof value === "number" && value >= 0 && value <= 100;
}

function parsed(json: Uint8Array) {
  return parseJson(Buffer.from(json).toString()) ?? null;
}
