import { type JsonIndex, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";
import { marksOf } from "#formats/search/marks";
import type { ParsedTerm } from "#formats/search/term";
import type { Pace } from "#formats/steps";
import { searchText, type Table, valueAt } from "#formats/table";
import type { Lines } from "../shared/lines";
import type { FindData, FindPlace } from "./find-context";

/** How much is read of the names around a value, as `search.why` does. */
const MAX_LABEL = 200;
/** In bytes: how much of a text is searched at once. */
const CHUNK = 256 * 1024;
const NEWLINE = 10;
/** So many are found; what is beyond is counted as more. */
export const MAX_MATCHES = 1_000;

/** Where data has what terms find, in its order. Yields nothing where the pace has a pause. */
export function findIn(data: FindData, terms: readonly ParsedTerm[], pace: Pace): Generator<FindPlace | undefined> {
  switch (data.kind) {
    case "table":
      return findCells(data.table, data.order, terms, pace);
    case "json":
      return findValues(data.index, terms, pace);
    case "lines":
      return findLines(data.lines, terms, pace);
  }
}

function* findCells(
  table: Table,
  order: Uint32Array,
  terms: readonly ParsedTerm[],
  pace: Pace,
): Generator<FindPlace | undefined> {
  let found = 0;
  for (const row of order) {
    for (let column = 0; column < table.columns.length; column += 1) {
      const value = valueAt(table, row, column);
      if (pace.isDue(1)) yield undefined;
      if (value === 0) continue;
      const text = searchText(table, value);
      if (!(yield* has(text, terms, false, pace))) continue;
      found += 1;
      yield { at: row, within: column };
    }
  }
  const [first] = order;
  if (found > 0 || first === undefined) return;
  for (const [column, name] of table.columns.entries()) {
    if (yield* has(name, terms, true, pace)) yield { at: first, within: column };
  }
}

/** Values that have a term in their content or name, or in both together with the names around them. */
function* findValues(index: JsonIndex, terms: readonly ParsedTerm[], pace: Pace): Generator<FindPlace | undefined> {
  // The objects and lists around a value: where each ends, and its name.
  const around: { end: number; name: string | null }[] = [];
  for (let value = 0; value < index.count; value += 1) {
    while ((around.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= value) around.pop();
    const own = value === 0 ? null : nameOf(index, value);
    const before = nearestNames(around);
    const kind = kindOf(index, value);
    const isContainer = kind === "object" || kind === "list";
    const content = isContainer ? "" : kind === "text" ? textOf(index, value) : sourceOf(index, value);
    const label = own === null ? before : before === "" ? own : `${before}.${own}`;
    const text = isContainer || label === "" ? label + content : `${label}: ${content}`;
    if (pace.isDue(text.length + 1)) yield undefined;
    // A match in the names around alone is that of the object or list.
    const from = own !== null ? label.length - own.length : before === "" ? 0 : before.length + 2;
    if (kind !== "null" && (own !== null || content !== "")) {
      const marks = yield* quietly(marksOf(text, terms, false, MAX_MATCHES, pace));
      if (marks.some(([, end]) => end > from)) yield { at: value, within: 0 };
    }
    if (isContainer) around.push({ end: index.next[value] ?? 0, name: own });
  }
}

function nearestNames(around: readonly { name: string | null }[]): string {
  const names: string[] = [];
  let length = 0;
  for (let at = around.length - 1; at >= 0 && length < MAX_LABEL; at -= 1) {
    const name = around[at]?.name;
    if (name == null) continue;
    names.unshift(name.slice(0, MAX_LABEL));
    length += name.length + 1;
  }
  return names.join(".");
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

function* findLines(
  { bytes, starts }: Lines,
  terms: readonly ParsedTerm[],
  pace: Pace,
): Generator<FindPlace | undefined> {
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from + CHUNK);
    const to = newline < 0 ? bytes.length : newline + 1;
    const text = decoder.decode(bytes.subarray(from, to));
    let at = 0;
    for (const [mark] of yield* quietly(marksOf(text, terms, false, MAX_MATCHES, pace))) {
      for (let end = text.indexOf("\n", at); end >= 0 && end < mark; end = text.indexOf("\n", at)) {
        at = end + 1;
        line += 1;
      }
      if (pace.isDue(mark - at)) yield undefined;
      yield { at: line, within: encoder.encode(text.slice(at, mark)).length };
    }
    from = to;
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= from) line += 1;
  }
}

function* has(text: string, terms: readonly ParsedTerm[], isName: boolean, pace: Pace): Generator<undefined, boolean> {
  return (yield* quietly(marksOf(text, terms, isName, 1, pace))).length > 0;
}

/** The pauses of a computation, as those of one that finds something. */
function* quietly<T>(steps: Generator<void, T>): Generator<undefined, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield undefined;
  }
}
