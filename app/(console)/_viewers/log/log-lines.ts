import { type Lines, linesOf } from "../shared/lines";
import { onlyColours, withoutEscapes } from "../text/escapes";
import { withoutOverwritten } from "./overwritten";
import { applyCodes, type Style } from "./style";

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape character
const COLOUR = /\u001b\[([\d;]*)m/g;
/** In characters. A longer line is shown without colours, as they would be parsed anew for each part that comes into view. */
const MAX_COLOURED = 10_000;

/** The lines of a log: as text, and each with its colours, which may begin in a line before it. */
export interface LogLines {
  lines: Lines;
  coloured: (line: number) => string | undefined;
}

export function logLines(text: string): LogLines {
  const written = onlyColours(withoutOverwritten(text)).split("\n");
  const lines = linesOf(new TextEncoder().encode(written.map(withoutEscapes).join("\n")));
  const starts: string[] = [];
  const style: Style = new Map();
  let start = "";
  let hasColours = false;
  for (const line of written) {
    starts.push(start);
    const sequences = [...line.matchAll(COLOUR)];
    if (sequences.length === 0) continue;
    hasColours = true;
    for (const [, codes = ""] of sequences) applyCodes(style, codes);
    start = style.size === 0 ? "" : `\u001b[${[...style.values()].join(";")}m`;
  }
  return {
    lines,
    coloured: (line) => {
      const own = written[line] ?? "";
      return hasColours && own.length <= MAX_COLOURED ? (starts[line] ?? "") + own : undefined;
    },
  };
}
