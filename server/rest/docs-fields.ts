import type { Part } from "#server/rest/openapi";
import { code, escaped } from "./html";

/** The fields of a schema as a table: what each is called, what it takes, and, of a body, whether it must be there. */
export function fieldsOf(schema: unknown, isBody: boolean): string {
  const rows = rowsOf(object(schema) ?? {}, "");
  if (rows.length === 0) return `<p>${typeOf(schema)}</p>`;
  const cells = rows.map(({ name, type, needed }) => {
    const need = needed && isBody ? " <small>required</small>" : "";
    return `<tr><td>${code(name)}${need}</td><td>${type}</td></tr>`;
  });
  return `<table><tbody>${cells.join("")}</tbody></table>`;
}

interface Row {
  name: string;
  type: string;
  needed: boolean;
}

/** The members of an object, and those of objects in it under their names together. */
function rowsOf({ properties, required }: Part, above: string): Row[] {
  const needed = new Set(Array.isArray(required) && above === "" ? required : []);
  return Object.entries(Object(properties)).flatMap(([name, schema]) => {
    const inner = object(schema);
    if (inner && Object.keys(Object(inner.properties)).length > 0) return rowsOf(inner, `${above}${name}.`);
    return [{ name: above + name, type: typeOf(schema), needed: needed.has(name) }];
  });
}

/** The object with members of its own that a schema is, with or without null. */
function object(schema: unknown): Part | undefined {
  return formsOf(schema).find(({ properties }) => properties);
}

function formsOf(schema: unknown): Part[] {
  const part: Part = Object(schema);
  return Array.isArray(part.anyOf) ? part.anyOf.flatMap(formsOf) : [part];
}

/** What a schema takes, in words. */
export function typeOf(schema: unknown): string {
  return [...new Set(formsOf(schema).map(formIn))].join(" or ");
}

function formIn(part: Part): string {
  const { $ref, type, items, format, description, additionalProperties: member } = part;
  if (typeof $ref === "string") return reference($ref);
  if ("const" in part) return code(part.const);
  if (Array.isArray(part.enum)) return part.enum.map(code).join(", ");
  if (type === undefined) return "any JSON";
  if (type === "null" && typeof description === "string") return escaped(description);
  if (type === "array") return `list of ${typeOf(items)}${boundsOf(part)}`;
  if (type === "object") return member && Object.keys(member).length > 0 ? `object of ${typeOf(member)}` : "object";
  const names = Array.isArray(type) ? type : [type];
  return names.map((name) => NAMES[format ? String(format) : name] ?? name).join(" or ") + boundsOf(part);
}

/** A named schema, which the page describes once. */
function reference($ref: string): string {
  const name = escaped($ref.split("/").at(-1));
  return `<a href="#${name}">${name}</a>`;
}

const NAMES: Record<string, string> = {
  string: "text",
  uuid: "id",
  "date-time": "time",
  integer: "whole number",
  boolean: "true or false",
};

/** The bounds worth telling: a number beyond 2⁵³ is none. */
function boundsOf({ minLength, maxLength, minimum, maximum, maxItems, pattern }: Part): string {
  const least = minimum ?? (maxLength === undefined ? undefined : (minLength ?? 0));
  const most = maximum ?? maxLength;
  const told = typeof most === "number" && most < Number.MAX_SAFE_INTEGER;
  const unit = maxLength === undefined ? "" : " characters";
  const bounds = [
    told ? `${least ?? 0} to ${most}${unit}` : "",
    maxItems === undefined ? "" : `at most ${maxItems}`,
    typeof pattern === "string" && !pattern.includes("\\P") ? code(pattern) : "",
  ].filter(Boolean);
  return bounds.length > 0 ? `, ${bounds.join(", ")}` : "";
}
