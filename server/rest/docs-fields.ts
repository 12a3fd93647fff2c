import type { JsonObject } from "#server/rest/openapi";

/** The fields of a schema as an HTML table: name, type and, for a body, whether it is required. */
export function fieldTable(schema: unknown, isBody: boolean): string {
  const rows = rowsOf(objectForm(schema) ?? {}, "");
  if (rows.length === 0) return `<p>${escapeHtml(Object(schema).description ?? "") || typeText(schema)}</p>`;
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

/** The fields of an object; those of nested objects under dotted names. */
function rowsOf({ properties, required }: JsonObject, above: string): Row[] {
  const needed = new Set(Array.isArray(required) && above === "" ? required : []);
  return Object.entries(Object(properties)).flatMap(([name, schema]) => {
    const inner = objectForm(schema);
    if (inner && Object.keys(Object(inner.properties)).length > 0) return rowsOf(inner, `${above}${name}.`);
    return [{ name: above + name, type: typeText(schema), needed: needed.has(name) }];
  });
}

/** The object form of a schema that may also be null. */
function objectForm(schema: unknown): JsonObject | undefined {
  return formsOf(schema).find(({ properties }) => properties);
}

function formsOf(schema: unknown): JsonObject[] {
  const part: JsonObject = Object(schema);
  return Array.isArray(part.anyOf) ? part.anyOf.flatMap(formsOf) : [part];
}

/** The type of a schema as text. */
export function typeText(schema: unknown): string {
  return [...new Set(formsOf(schema).map(formText))].join(" or ");
}

function formText(part: JsonObject): string {
  const { $ref, type, items, format, description, additionalProperties: member } = part;
  if (typeof $ref === "string") return schemaLink($ref);
  if ("const" in part) return code(part.const);
  if (Array.isArray(part.enum)) return part.enum.map(code).join(", ");
  if (type === undefined) return "any JSON";
  if (type === "null" && typeof description === "string") return escapeHtml(description);
  if (type === "array") return `list of ${typeText(items)}${boundsText(part)}`;
  if (type === "object") return member && Object.keys(member).length > 0 ? `object of ${typeText(member)}` : "object";
  const names = Array.isArray(type) ? type : [type];
  return names.map((name) => TYPE_NAMES[format ? String(format) : name] ?? name).join(" or ") + boundsText(part);
}

function schemaLink($ref: string): string {
  const name = escapeHtml($ref.split("/").at(-1));
  return `<a href="#${name}">${name}</a>`;
}

const TYPE_NAMES: Record<string, string> = {
  string: "text",
  uuid: "id",
  "date-time": "time",
  integer: "whole number",
  boolean: "true or false",
};

/** The bounds worth showing: a maximum above 2⁵³ is omitted. */
function boundsText({ minLength, maxLength, minimum, maximum, maxItems, pattern }: JsonObject): string {
  const least = minimum ?? (maxLength === undefined ? undefined : (minLength ?? 0));
  const most = maximum ?? maxLength;
  const bounded = typeof most === "number" && most < Number.MAX_SAFE_INTEGER;
  const unit = maxLength === undefined ? "" : " characters";
  const bounds = [
    bounded ? `${least ?? 0} to ${most}${unit}` : "",
    maxItems === undefined ? "" : `at most ${maxItems}`,
    typeof pattern === "string" && !pattern.startsWith("^[^\\u0000") ? code(pattern) : "",
  ].filter(Boolean);
  return bounds.length > 0 ? `, ${bounds.join(", ")}` : "";
}

export function escapeHtml(text: unknown): string {
  return String(text).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function code(text: unknown): string {
  return `<code>${escapeHtml(text)}</code>`;
}
