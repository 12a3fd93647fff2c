import type { Json } from "#contract/json";

/**
 * Parses JSON so that writing it again spells every number as it was (`1.0`, integers beyond 2^53), in browsers that
 * can; in others numbers become what JavaScript holds. @throws SyntaxError for text that is not JSON
 */
export function parseExact(text: string): Json {
  const spell = speller();
  if (!spell) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: Json, ...[context]: { source?: string }[]) =>
    typeof value === "number" && context?.source !== undefined ? spell(context.source) : value,
  );
}

/** JSON laid out over lines with every number as it was spelled; the text itself in browsers that cannot. */
export function prettyJson(text: string): string {
  return speller() ? JSON.stringify(parseExact(text), null, 2) : text;
}

function speller() {
  return "rawJSON" in JSON && typeof JSON.rawJSON === "function" ? JSON.rawJSON : undefined;
}
