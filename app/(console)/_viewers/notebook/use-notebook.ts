import { useEffect, useMemo, useState } from "react";
import { type NotebookHead, parseNotebook } from "#formats/notebook/notebook";
import type { ColouredCell, NotebookMessage } from "./worker";

/** In characters: a longer notebook is read by the worker alone. */
const MAX_READ_HERE = 300_000;
/** In milliseconds. */
const TIMEOUT = 30_000;
const TOO_SLOW = "This notebook takes too long to read.";

export interface LoadedNotebook {
  head: NotebookHead | null;
  /** As many as are read yet. */
  cells: readonly ColouredCell[];
  /** Why it can't be shown, as a sentence. */
  problem: string | null;
}

const NONE: LoadedNotebook = { head: null, cells: [], problem: null };

/** The notebook that a text is: a short one at once, and its code in colours when a worker has made them. */
export function useNotebook(text: string): LoadedNotebook {
  const here = useMemo(() => (text.length <= MAX_READ_HERE ? readHere(text) : NONE), [text]);
  const [read, setRead] = useState<{ text: string; notebook: LoadedNotebook }>({ text: "", notebook: NONE });
  useEffect(() => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    let notebook = NONE;
    const put = (next: Partial<LoadedNotebook>) => {
      notebook = { ...notebook, ...next };
      setRead({ text, notebook });
    };
    const end = () => {
      clearTimeout(timer);
      worker.terminate();
    };
    const fail = () => {
      end();
      if (notebook.head === null) put({ problem: TOO_SLOW });
    };
    const timer = setTimeout(fail, TIMEOUT);
    worker.addEventListener("error", fail);
    worker.addEventListener("message", ({ data }: MessageEvent<NotebookMessage>) => {
      if ("head" in data) put({ head: data.head });
      else if ("cells" in data) put({ cells: [...notebook.cells, ...data.cells] });
      else if ("problem" in data) put({ problem: data.problem });
      else end();
    });
    worker.postMessage(text);
    return end;
  }, [text]);
  const fromWorker = read.text === text ? read.notebook : NONE;
  if (here.head === null) return here.problem === null ? fromWorker : here;
  // Cells without colours stay until those with them are all there.
  return fromWorker.head !== null && fromWorker.cells.length >= here.cells.length ? fromWorker : here;
}

function readHere(text: string): LoadedNotebook {
  const notebook = parseNotebook(text);
  if (typeof notebook === "string") return { ...NONE, problem: notebook };
  const { cells, ...head } = notebook;
  return { head, cells: [...cells], problem: null };
}
