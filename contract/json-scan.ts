import { VitrineError } from "./error";
import { MAX_JSON_DEPTH } from "./limits";
import { Cursor } from "./scan-cursor";

/** Where in a document a value is wanted: member names from the top, `*` for each item of a list. */
export type Path = readonly string[];

/** From the first character of a value to the one after its last. */
export interface Span {
  from: number;
  to: number;
}

interface Frame {
  list: boolean;
  /** The wanted paths that lead through here. */
  paths: readonly Path[];
  /** Where the wanted value starts that this frame is the outside of, or null. */
  from: number | null;
}

/** How many levels a request may put around a wanted value: its members, its batch. */
const AROUND = 4;

/**
 * Reads a whole JSON document once, without recursion, and gives the exact spans of the values at `wanted`, in order
 * (a member written twice gives two). Accepts exactly what `JSON.parse` accepts; refuses everything else with its
 * position, and any value nested deeper than 200. Whoever passes an empty path gets the document itself.
 */
export function scanJson(text: string, wanted: readonly Path[]): Span[] {
  const cursor = new Cursor(text);
  const spans: Span[] = [];
  const frames: Frame[] = [];
  let paths = wanted;
  let inside = -1;
  for (;;) {
    cursor.space();
    const from = paths.some((path) => path.length === frames.length) ? cursor.at : null;
    if (from !== null && inside < 0) inside = frames.length;
    const list = cursor.peek("[");
    if (list || cursor.peek("{")) {
      deeper(frames.length, inside);
      frames.push({ list, paths, from });
      cursor.skip();
      cursor.space();
      if (!cursor.peek(list ? "]" : "}")) {
        paths = step(cursor, frames);
        continue;
      }
    } else {
      cursor.scalar();
      if (from !== null) {
        spans.push({ from, to: cursor.at });
        if (inside === frames.length) inside = -1;
      }
    }
    // A value has ended: close what ends with it, up to a comma that starts the next value.
    for (;;) {
      const open = frames.at(-1);
      cursor.space();
      if (!open) {
        cursor.end();
        return spans;
      }
      if (cursor.peek(",")) {
        cursor.skip();
        cursor.space();
        paths = step(cursor, frames);
        break;
      }
      cursor.expect(open.list ? "]" : "}", open.list ? "a comma or ]" : "a comma or }");
      frames.pop();
      if (open.from === null) continue;
      spans.push({ from: open.from, to: cursor.at });
      if (inside === frames.length) inside = -1;
    }
  }
}

/** Reads the name of the next member, where one is due, and gives the wanted paths that lead on into its value. */
function step(cursor: Cursor, frames: readonly Frame[]): readonly Path[] {
  const open = frames.at(-1);
  if (!open) return [];
  if (open.list) return through(open.paths, frames.length - 1, "*");
  const name = cursor.name(open.paths.length > 0);
  cursor.space();
  cursor.expect(":", "a colon");
  return name === null ? [] : through(open.paths, frames.length - 1, name);
}

function through(paths: readonly Path[], depth: number, name: string): readonly Path[] {
  return paths.length === 0 ? paths : paths.filter((path) => path[depth] === name);
}

function deeper(depth: number, inside: number): void {
  const limit = inside < 0 ? MAX_JSON_DEPTH + AROUND : inside + MAX_JSON_DEPTH;
  if (depth >= limit) {
    throw new VitrineError("BAD_REQUEST", `Send JSON that is nested at most ${MAX_JSON_DEPTH} deep.`);
  }
}
