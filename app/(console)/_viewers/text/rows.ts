import { columnAt, lengthOf, rowAt, type WrappedLines } from "../shared/lines";
import { type Run, sliceRuns } from "./runs";

/** In bytes. A longer line is shown without runs, as each of its rows would need what is before it. */
const MAX_LINE_WITH_RUNS = 10_000;

/** A row as it is shown. */
interface ShownRow {
  text: string;
  line: number;
  /** Whether it is the first row of its line. */
  first: boolean;
  runs: Run[] | undefined;
}

/** Rows in their order, with the parts of the runs of their lines. */
export function shownRows<Place extends { row: number }>(
  lines: WrappedLines,
  places: readonly Place[],
  runsOf?: (line: number) => Run[] | undefined,
): (Place & ShownRow)[] {
  let ofLine: { line: number; runs: Run[] | undefined } | undefined;
  return places.map((place) => {
    const { text, line, offset } = rowAt(lines, place.row);
    if (line !== ofLine?.line) {
      ofLine = { line, runs: lengthOf(lines, line) <= MAX_LINE_WITH_RUNS ? runsOf?.(line) : undefined };
    }
    const first = offset === 0;
    if (!ofLine.runs) return { ...place, text, line, first, runs: undefined };
    const column = columnAt(lines, line, offset);
    return { ...place, text, line, first, runs: sliceRuns(ofLine.runs, column, column + text.length) };
  });
}
