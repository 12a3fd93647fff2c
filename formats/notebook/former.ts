import type { Json } from "#contract/json";
import { itemsOf, membersOf } from "./text";

type Members = { [name: string]: Json };

/** The names of forms in nbformat 2 and 3, where they are members of the output itself. */
const FORMS: Record<string, string> = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
};

/** A cell of nbformat 2 or 3 as one of nbformat 4. */
export function upgradedCell(data: Json): Json {
  const { cell_type: type, level, input, source = input, prompt_number: count, outputs, ...cell } = membersOf(data);
  const text = unbroken(source) ?? "";
  const outputsOf = () => itemsOf(outputs).map(upgradedOutput);
  switch (type) {
    case "code":
      return { ...cell, cell_type: type, source: text, execution_count: count ?? null, outputs: outputsOf() };
    case "heading": {
      const depth = typeof level === "number" ? Math.min(Math.max(Math.trunc(level), 1), 6) : 1;
      return { ...cell, cell_type: "markdown", source: `${"#".repeat(depth)} ${text.replace(/\s+/g, " ").trim()}` };
    }
    case "html":
      return { ...cell, cell_type: "markdown", source: text };
    default:
      return { ...cell, cell_type: type ?? "raw", source: text };
  }
}

function upgradedOutput(data: Json): Json {
  const { output_type: type, stream, ename, etype, metadata = {}, ...output } = membersOf(data);
  if (type === "stream") return { output_type: type, name: stream ?? "stdout", text: unbroken(output.text) ?? "" };
  if (type === "pyerr") return { ...output, output_type: "error", ename: ename ?? etype ?? "" };
  return { output_type: type ?? "display_data", data: formsOf(output), metadata };
}

function formsOf(output: Members): Members {
  return Object.fromEntries(
    Object.entries(FORMS).flatMap(([name, form]) => {
      const value = output[name];
      if (value === undefined) return [];
      const text = unbroken(value) ?? value;
      return [[form, name === "json" && typeof text === "string" ? parsed(text) : text]];
    }),
  );
}

/** The value of a JSON text, as nbformat 3 keeps JSON; another text as it is. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A text that may be a list of lines, with their line breaks or without; null for other data. */
function unbroken(data: Json | undefined): string | null {
  if (typeof data === "string") return data;
  const lines = itemsOf(data).filter((line) => typeof line === "string");
  if (!Array.isArray(data) || lines.length < data.length) return null;
  return lines.join(/[\r\n]$/.test(lines[0] ?? "") ? "" : "\n");
}
