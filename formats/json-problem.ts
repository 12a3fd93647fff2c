import { JsonSyntaxError, scanJson } from "#contract/json-scan";

/** Why a text is not the JSON that the server accepts. */
export interface JsonProblem {
  /** The offset of the error in UTF-16 units, or null where none can be named. */
  at: number | null;
  /** `expected a comma or ]` */
  message: string;
}

/** The first problem of a text that should be JSON, or null. */
export function jsonProblem(text: string): JsonProblem | null {
  try {
    scanJson(text, []);
    return null;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { at: error.position, message: `expected ${error.expected}` };
    return { at: null, message: error instanceof Error ? error.message : String(error) };
  }
}

/** `line 3, column 7`, both from 1. */
export function positionText(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
