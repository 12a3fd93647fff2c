import type { SearchMatch } from "#contract/search";
import { formatCount } from "#formats/number";

/** What a line shows: where the words are, and the text around them in pieces, of which each second one is marked. */
export interface ShownMatch {
  place: string;
  pieces: string[];
}

/** What says most about an artifact first: the names of the others are in the row already. */
const ORDER: SearchMatch["in"][] = ["data", "description", "about", "metadata", "title", "key"];

const PLACES: Partial<Record<SearchMatch["in"], string>> = {
  description: "Description",
  about: "About",
  metadata: "Metadata",
  title: "Title",
  key: "Key",
};

/** How much is shown before the first mark, in characters: what follows is cut at the end of the line. */
const BEFORE = 24;
const MAX_ROWS = 3;

/** The match that says most; null for none. */
export function shownMatch(matches: readonly SearchMatch[]): ShownMatch | null {
  const match = ORDER.flatMap((from) => matches.filter((each) => each.in === from)).at(0);
  if (!match) return null;
  const { text, marks } = beginningNearMark(match);
  return { place: placeOf(match), pieces: piecesOf(text, marks) };
}

/** `rows 3 and 17 · city`, a heading, or the name of the text. */
function placeOf({ in: from, rows = [], moreRows = false, column, heading }: SearchMatch): string {
  const where = [rows.length > 0 && rowsText(rows, moreRows), column, heading].filter(Boolean);
  return where.length > 0 ? where.join(" · ") : (PLACES[from] ?? "");
}

/** `row 3`, `rows 3 and 17`, `rows 1, 2, 3 and more`. */
export function rowsText(rows: readonly number[], more: boolean): string {
  const shown = rows.slice(0, MAX_ROWS).map(formatCount);
  const isCut = more || rows.length > MAX_ROWS;
  const last = isCut ? "more" : shown.length > 1 ? shown.pop() : undefined;
  const noun = rows.length > 1 || isCut ? "rows" : "row";
  return `${noun} ${shown.join(", ")}${last === undefined ? "" : ` and ${last}`}`;
}

function beginningNearMark({ text, marks }: SearchMatch): Pick<SearchMatch, "text" | "marks"> {
  const first = marks[0]?.[0] ?? 0;
  if (first <= BEFORE) return { text, marks };
  const space = text.slice(first - BEFORE, first).search(/\s\S/);
  const at = first - BEFORE + (space < 0 ? 0 : space + 1);
  const from = (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at + 1 : at;
  return { text: `…${text.slice(from)}`, marks: marks.map(([start, end]) => [start - from + 1, end - from + 1]) };
}

function piecesOf(text: string, marks: SearchMatch["marks"]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    pieces.push(text.slice(at, from), text.slice(from, to));
    at = to;
  }
  return [...pieces, text.slice(at)];
}
