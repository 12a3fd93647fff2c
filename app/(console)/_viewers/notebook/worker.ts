import { type Cell, type NotebookHead, parseNotebook } from "#formats/notebook/notebook";
import { highlightedLines } from "../code/highlighted-lines";
import type { Run } from "../text/runs";

/** A cell with the colours of its code, once they are made. */
export type ColouredCell = Cell & { lines?: Run[][] };

export type NotebookMessage =
  | { head: NotebookHead }
  | { cells: ColouredCell[] }
  | { problem: string }
  | { isDone: true };

/** So many cells are sent at once. */
const CELLS = 50;
/** In characters: longer code has no colours. */
const MAX_HIGHLIGHTED = 100_000;

function send(message: NotebookMessage): void {
  postMessage(message);
}

function respond(text: string): void {
  const notebook = parseNotebook(text);
  if (typeof notebook === "string") {
    send({ problem: notebook });
    return;
  }
  const { cells, ...head } = notebook;
  send({ head });
  let part: ColouredCell[] = [];
  for (const cell of cells) {
    const coloured: ColouredCell = cell;
    if (cell.kind === "code" && cell.source.length <= MAX_HIGHLIGHTED) {
      coloured.lines = [...highlightedLines(cell.language, cell.source)];
    }
    if (part.push(coloured) < CELLS) continue;
    send({ cells: part });
    part = [];
  }
  send({ cells: part });
  send({ isDone: true });
}

addEventListener("message", ({ data }: MessageEvent<string>) => {
  respond(data);
  close();
});
