import { afterSpace, afterString } from "../json-head";

/** A name or a value in a JSON text, or the end of a list or object. */
export interface Leaf {
  /** `other` is a value that is neither a string nor null. */
  kind: "name" | "string" | "other" | "end";
  text: string;
  /** How many lists and objects it is in, those that end included. */
  depth: number;
  /** Which child of the outermost list or object it is in, from 0. */
  child: number;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** What ends a number or a word. */
const END = /[\s,:[\]{}"]/g;

/** The names and values in a well-formed JSON text in their order; in one that is cut, those before the end. */
export function* leavesOf(json: string): Generator<Leaf, void> {
  // Whether each container around is an object, and whether the name of its next value was read.
  const objects: boolean[] = [];
  let named = false;
  let child = 0;
  for (let at = afterSpace(json, 0); at < json.length; at = afterSpace(json, at)) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = afterString(json, at);
      const isName = objects.at(-1) === true && !named;
      yield { kind: isName ? "name" : "string", text: stringIn(json, at, end), depth: objects.length, child };
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      objects.push(code === OPEN_BRACE);
      named = false;
      at += 1;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      yield { kind: "end", text: "", depth: objects.length, child };
      objects.pop();
      at += 1;
    } else if (code === COMMA) {
      named = false;
      if (objects.length === 1) child += 1;
      at += 1;
    } else if (code === COLON) {
      named = true;
      at += 1;
    } else {
      END.lastIndex = at + 1;
      const end = END.exec(json)?.index ?? json.length;
      const text = json.slice(at, end);
      if (text !== "null") yield { kind: "other", text, depth: objects.length, child };
      at = end;
    }
  }
}

/** The string between two offsets, without an escape that the end of the text cuts. */
function stringIn(json: string, from: number, to: number): string {
  if (to <= json.length) {
    const literal = json.slice(from + 1, to - 1);
    return literal.includes("\\") ? JSON.parse(json.slice(from, to)) : literal;
  }
  const literal = json.slice(from + 1);
  const escape = /\\u?[\da-f]{0,3}$/i.exec(literal.slice(-5));
  const at = escape === null ? literal.length : literal.length - escape[0].length;
  let backslashes = 0;
  while (at - backslashes >= 0 && literal[at - backslashes] === "\\") backslashes += 1;
  return JSON.parse(`"${backslashes % 2 === 0 ? literal : literal.slice(0, at)}"`);
}
