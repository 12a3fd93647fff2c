import { afterSpace, afterString } from "../json-head";

/** A name or a value in a JSON text, or the end of a list or object. */
export interface Leaf {
  /** `other` is a value that is neither a string nor null. */
  kind: "name" | "string" | "other" | "null" | "end";
  text: string;
  /** How many lists and objects it is in, those that end included. */
  depth: number;
  /** Which child of the outermost list or object it is in, from 0. */
  child: number;
  /** The names and positions on the way to a value, for as long as it is the last one. */
  path: () => (string | number)[];
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
  const names: string[] = [];
  const positions: number[] = [];
  let named = false;
  const path = () => objects.map((isObject, at) => (isObject ? (names[at] ?? "") : (positions[at] ?? 0)));
  const leaf = (kind: Leaf["kind"], text: string): Leaf => ({
    kind,
    text,
    depth: objects.length,
    child: positions[0] ?? 0,
    path,
  });
  for (let at = afterSpace(json, 0); at < json.length; at = afterSpace(json, at)) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = afterString(json, at);
      const isName = objects.at(-1) === true && !named;
      const text = stringIn(json, at, end);
      if (isName) names[objects.length - 1] = text;
      yield leaf(isName ? "name" : "string", text);
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      positions[objects.length] = 0;
      objects.push(code === OPEN_BRACE);
      named = false;
      at += 1;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      yield leaf("end", "");
      objects.pop();
      at += 1;
    } else if (code === COMMA) {
      named = false;
      positions[objects.length - 1] = (positions[objects.length - 1] ?? 0) + 1;
      at += 1;
    } else if (code === COLON) {
      named = true;
      at += 1;
    } else {
      END.lastIndex = at + 1;
      const end = END.exec(json)?.index ?? json.length;
      const text = json.slice(at, end);
      yield leaf(text === "null" ? "null" : "other", text);
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
  const [unfinished = ""] = /\\(?:u[\da-f]{0,3})?$/i.exec(literal.slice(-5)) ?? [];
  const at = literal.length - unfinished.length;
  let backslashes = 0;
  while (unfinished !== "" && literal[at - backslashes] === "\\") backslashes += 1;
  return JSON.parse(`"${backslashes % 2 === 0 ? literal : literal.slice(0, at)}"`);
}
