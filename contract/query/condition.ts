import type { AuthorCondition, KeyCondition, MetadataCondition } from "../filter";
import type { Json } from "../json";
import { keyError } from "../key";
import { LABEL_NAME } from "../limits";
import { similarName } from "../rules/similar-name";
import { STATE_TYPES } from "../state";
import type { Filters } from "../where";
import { agesIn, boundsIn, exactIn, listOf, type NumberKind, numberIn, shown, timesIn } from "./bounds";
import type { QueryField } from "./field";
import { fieldOf, PRESENCES } from "./fields";
import { numberOf } from "./numbers";
import { anyOf, type QueryFilter } from "./query-filter";
import { type ConditionNode, fail, literalOf, type Test, type Value } from "./tree";

/** As in `where`. */
const MAX_PATTERN = 255;
const MAX_PATH = 10;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_WHERE: Filters = {};

/**
 * The filter of one condition.
 * @param now the time in milliseconds that ages are counted from
 * @throws QueryError for a value that its operator does not take
 */
export function conditionOf(node: ConditionNode, now: number): QueryFilter {
  const { field: name, test } = node;
  if (name === "has") return only(PRESENCES.get(presenceOf(test)) ?? NO_WHERE);
  const field = fieldOf(name);
  if (!field) fail(node, `unknown operator "${name}"`);
  const present = isPresence(test) ? field.has : undefined;
  return present ? only(present) : anyOf(wheresOf(field, node, now).map(only));
}

function only(where: Filters): QueryFilter {
  return { kind: "where", where };
}

function presenceOf(test: Test): string {
  const [value] = test.kind === "any" ? test.values : [];
  return value ? shown(value) : "";
}

/** Whether a test is `*` alone. */
function isPresence(test: Test): boolean {
  const [value, ...more] = test.kind === "any" ? test.values : [];
  return (
    value !== undefined && more.length === 0 && value.pieces.length === 2 && value.pieces.every((each) => each === "")
  );
}

/** The filters of which any must match. */
function wheresOf(field: QueryField, node: ConditionNode, now: number): Filters[] {
  const { name } = field;
  const { test } = node;
  switch (field.kind) {
    case "name":
    case "key":
      return namesIn(test, field).map((condition) => field.where(condition));
    case "author":
      return authorsIn(test, field).map((condition) => field.where(condition));
    case "pattern":
      return patternsIn(test, name).map((pattern) => field.where(pattern));
    case "choice":
      return [field.where(choiceIn(test, field, (value) => textOf(value, name)))];
    case "id":
      return [field.where(choiceIn(test, field, idOf))];
    case "label":
      return [field.where({ any: listOf(test, name).map(labelOf) })];
    case "state":
      return [field.where(choiceIn(test, field, stateOf))];
    case "tags": {
      const { any, notAny } = choiceIn(test, field, (value) => textOf(value, name));
      return [field.where(any?.length === 1 ? { all: any } : any ? { any } : { notAny })];
    }
    case "part":
      return listOf(test, name).map((value) => field.where({ contains: partOf(value, name) }));
    case "folder":
      return listOf(test, name).map((value) => field.where(folderOf(value)));
    case "boolean":
      return listOf(test, name).map((value) => field.where(booleanOf(value)));
    case "whole":
    case "size":
    case "number":
      return [field.where(boundsIn(test, field.kind) ?? choiceIn(test, field, (value) => exactIn(value, field.kind)))];
    case "limit":
      return limitsIn(test, name).map((bounds) => field.where(bounds));
    case "time":
      return timesIn(test, name).map((times) => field.where(times));
    case "age":
      return [field.where(agesIn(test, now))];
    case "metadata":
      return membersIn(node).map((condition) => field.where(condition));
  }
}

interface Choice<T> {
  any?: T[];
  notAny?: T[];
}

function choiceIn<T>(test: Test, { name, excludes }: QueryField, toValue: (value: Value) => T): Choice<T> {
  if (test.kind === "none" && excludes) return { notAny: test.values.map(toValue) };
  return { any: listOf(test, name).map(toValue) };
}

/** A text without wildcards. */
function textOf(value: Value, field: string): string {
  const text = literalOf(value);
  if (text === null)
    fail(value, `"${field}" takes no wildcards; a star in quotes stands for itself`, `"${shown(value)}"`);
  return text;
}

function patternOf(value: Value, text: string): string {
  if (text.length > MAX_PATTERN) fail(value, `a pattern of more than ${MAX_PATTERN} characters`);
  return text;
}

/** A list of names, and each value with wildcards. */
function namesIn(test: Test, field: QueryField): KeyCondition[] {
  const exact = (value: Value) => {
    const text = textOf(value, field.name);
    const problem =
      field.kind !== "key" ? null : text.length > 255 ? "must have at most 255 characters" : keyProblem(text);
    if (problem) fail(value, `"${text}" is not a key: it ${problem}`);
    return text;
  };
  if (test.kind === "like") return [likeOf(test.value, field.name)];
  if (test.kind !== "any") return [choiceIn(test, field, exact)];
  const literals = test.values.filter((value) => literalOf(value) !== null);
  const patterns = test.values.filter((value) => literalOf(value) === null);
  return [...(literals.length > 0 ? [{ any: literals.map(exact) }] : []), ...patterns.map(wildcardsOf)];
}

/** Whether a value of an author is the caller; in quotes it is a name. */
function isMe(value: Value): boolean {
  return !value.quoted && literalOf(value) === "me";
}

/** As `namesIn`, and `me`. */
function authorsIn(test: Test, field: QueryField): AuthorCondition[] {
  if ((test.kind !== "any" && test.kind !== "none") || !test.values.some(isMe)) return namesIn(test, field);
  const others = test.values.filter((value) => !isMe(value));
  const named = others.length > 0 ? namesIn({ kind: test.kind, values: others }, field) : [];
  return test.kind === "any" ? [{ me: true }, ...named] : [{ ...named[0], me: false }];
}

function keyProblem(text: string): string | null {
  return text === "" ? "must not be empty" : keyError(text);
}

function likeOf(value: Value, field: string): { like: string } {
  const like = patternOf(value, textOf(value, field));
  if (like === "") fail(value, "an empty pattern");
  return { like };
}

/** `a*`, `*a*`, or a pattern of any form. */
function wildcardsOf(value: Value): { startsWith: string } | { contains: string } | { matches: string } {
  const [first = "", second = "", ...more] = value.pieces;
  const [third, ...others] = more;
  if (more.length === 0 && second === "" && first !== "") return { startsWith: patternOf(value, first) };
  if (first === "" && second !== "" && third === "" && others.length === 0)
    return { contains: patternOf(value, second) };
  const matches = value.pieces.map((piece) => piece.replace(/[\\*]/g, "\\$&")).join("*");
  return { matches: patternOf(value, matches) };
}

/** Values are parts of a name; `~` is as in Prefect, and others have wildcards. */
function patternsIn(test: Test, field: string) {
  if (test.kind === "like") return [likeOf(test.value, field)];
  return listOf(test, field).map((value) =>
    literalOf(value) === null ? wildcardsOf(value) : { contains: partOf(value, field) },
  );
}

function partOf(value: Value, field: string): string {
  const text = literalOf(value);
  if (text === null)
    fail(value, `"${field}" finds parts of texts, and takes no wildcards`, value.pieces.find(Boolean) ?? null);
  if (text === "") fail(value, "an empty text");
  return patternOf(value, text);
}

function idOf(value: Value): string {
  const id = shown(value).toLowerCase();
  if (!ID.test(id)) fail(value, `"${shown(value)}" is not an id, which is a UUID`);
  return id;
}

function labelOf(value: Value): string {
  const label = shown(value);
  if (label === "latest") fail(value, '"latest" is not a label that is set: it always names the latest version');
  if (!LABEL_NAME.test(label)) fail(value, `"${label}" is not a label: lowercase letters, digits and dashes`);
  return label;
}

function stateOf(value: Value) {
  const name = shown(value);
  const state = STATE_TYPES.find((each) => each === name.toUpperCase());
  const known = STATE_TYPES.map((each) => each.toLowerCase());
  if (!state) fail(value, `"${name}" is not a state`, similarName(name, known) ?? null);
  return state;
}

function booleanOf(value: Value): boolean {
  const text = shown(value).toLowerCase();
  if (text !== "true" && text !== "false")
    fail(value, `"${shown(value)}" is not true or false`, similarName(text, ["true", "false"]) ?? null);
  return text === "true";
}

function folderOf(value: Value): string {
  const folder = textOf(value, "folder");
  if (folder === "") return folder;
  const key = folder.replace(/\/$/, "");
  if (folder.length > 255 || keyProblem(key) !== null) fail(value, `"${folder}" is not a folder: a key and a slash`);
  return `${key}/`;
}

function limitsIn(test: Test, field: string) {
  const bounds = boundsIn(test, "limit");
  if (bounds) return [bounds];
  return listOf(test, field).map((value) => {
    const number = numberIn(value, "limit");
    return { min: number, max: number };
  });
}

/** Conditions on a value in the metadata, any of which must match. */
function membersIn(node: ConditionNode): MetadataCondition[] {
  const { path: names, test } = node;
  const [name = "", ...path] = names;
  if (path.length > MAX_PATH || names.some((each) => each.length > MAX_PATTERN)) {
    fail(node, `a path of more than ${MAX_PATH + 1} names, or a name of more than ${MAX_PATTERN} characters`);
  }
  const at = path.length > 0 ? { name, path } : { name };
  if (test.kind === "json") return [{ ...at, any: test.values.map(jsonOf) }];
  if (test.kind === "none") return [{ ...at, notAny: test.values.flatMap(spelledBy) }];
  if (test.kind === "like") return [{ ...at, contains: partOf(test.value, "metadata") }];
  if (test.kind !== "any") return [{ ...at, ...boundsIn(test, "metadata" satisfies NumberKind) }];
  const equal = test.values.filter((value) => literalOf(value) !== null);
  const patterns = test.values.filter((value) => literalOf(value) === null);
  const alike = patterns.map((value): MetadataCondition => {
    const [first, second = "", third, ...more] = value.pieces;
    if (value.pieces.join("") === "") return { ...at, exists: true };
    if (first !== "" || third !== "" || more.length > 0) {
      fail(value, "in the metadata a star is possible on both sides only", `*${value.pieces.find(Boolean)}*`);
    }
    return { ...at, contains: patternOf(value, second) };
  });
  return [...(equal.length > 0 ? [{ ...at, any: equal.flatMap(spelledBy) }] : []), ...alike];
}

/** A text, and unless it is in quotes the number, boolean or null that it spells too. */
function spelledBy(value: Value): Json[] {
  const text = textOf(value, "metadata");
  if (value.quoted) return [text];
  if (text === "null") return [text, null];
  if (text === "true" || text === "false") return [text, text === "true"];
  const number = numberOf(text);
  return number === null ? [text] : [text, number];
}

function jsonOf(value: Value): Json {
  const text = textOf(value, "metadata");
  let isStorable = true;
  try {
    const json: Json = JSON.parse(text, (name, each) => {
      for (const part of [name, each]) {
        if (typeof part === "string" && (part.includes("\0") || !part.isWellFormed())) isStorable = false;
      }
      return each;
    });
    if (isStorable) return json;
  } catch {
    fail(value, `"${text}" is not JSON; a text has two pairs of quotes`, `"\\"${text}\\""`);
  }
  fail(value, "JSON with NUL characters or lone surrogates");
}
