import type { Json } from "#contract/json";

/** The tokens of a JSON text: strings, punctuation, and numbers and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Indents a JSON text as `JSON.stringify(value, null, 2)` does, but keeps the source of numbers (`1.0`, integers beyond
 * 2^53) and repeated names. The text must be JSON.
 */
export function formatJson(text: string): string {
  let formatted = "";
  let depth = 0;
  let isEmpty = false;
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "}" || token === "]") {
      depth -= 1;
      formatted += isEmpty ? token : newLine() + token;
      isEmpty = false;
      continue;
    }
    if (isEmpty) formatted += newLine();
    isEmpty = token === "{" || token === "[";
    if (isEmpty) depth += 1;
    if (token === ",") formatted += token + newLine();
    else if (token === ":") formatted += ": ";
    else formatted += token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token;
  }
  return formatted;
}

/**
 * Parses JSON so that `JSON.stringify` writes every number as in the source, where the engine has `JSON.rawJSON`;
 * elsewhere numbers lose what a double cannot hold. @throws SyntaxError for a text that is not JSON
 */
export function parseExact(text: string): Json {
  if (!("rawJSON" in JSON) || typeof JSON.rawJSON !== "function") return JSON.parse(text);
  const { rawJSON } = JSON;
  return JSON.parse(text, (_key: string, value: Json, ...[context]: { source?: string }[]) =>
    typeof value === "number" && context?.source !== undefined ? rawJSON(context.source) : value,
  );
}
