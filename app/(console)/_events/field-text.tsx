import type { Event } from "#contract/event";
import { formatJson } from "#formats/exact-json";

/** A field of an event before or after: a text or a list of texts as it is, other values as JSON. */
export function FieldText({ fields, name }: { fields: Event["before"]; name: string }) {
  const text = valueText(fields?.[name]);
  if (text !== "") return text;
  return <span className="text-faint">{isCut(fields, name) ? "Too long to show here" : "None"}</span>;
}

/** Whether an event left a field out, or shortened it, because of its size. */
function isCut(fields: Event["before"], name: string): boolean {
  return Array.isArray(fields?.cut) && fields.cut.includes(name);
}

function valueText(value: unknown): string {
  if (value == null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return formatJson(JSON.stringify(value));
}
