"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import { formatJson } from "#formats/exact-json";
import { jsonProblem } from "#formats/json-problem";
import { formatCount } from "#formats/number";
import { tableIn } from "#formats/table";
import { type Draft, editableText } from "./draft";
import { MAX_CELLS, readSheet, type Sheet } from "./grid/sheet";
import { ViewSwitch } from "./view-switch";

const JsonEditor = dynamic(() => loadCode(() => import("./json-editor")).then((module) => module.JsonEditor), {
  loading: Loading,
});
const TableEditor = dynamic(() => loadCode(() => import("./grid/table-editor")).then((module) => module.TableEditor), {
  loading: Loading,
});

function Loading() {
  return (
    <p role="status" className="min-h-40 rounded-md border px-3 py-2 text-faint text-sm">
      Loading…
    </p>
  );
}

/** In place of data as JSON while its text loads. `text` is as long as far as is known. */
export function LoadingJson({ text }: { text: string }) {
  return (
    <>
      <div className="mb-1.5 flex min-h-7 items-center font-medium text-sm">Data</div>
      <Reserved text={text}>
        <Loading />
      </Reserved>
    </>
  );
}

/** Data as JSON; a table of up to 5,000 cells as a grid, or as JSON if that is chosen. */
export function JsonField({
  type,
  draft,
  stored,
  reveal,
  onText,
}: {
  type: string | null;
  draft: Draft;
  stored: string;
  /** Where the cursor is set in the JSON, whenever this is another object. */
  reveal: { at: number } | null;
  onText: (text: string) => void;
}) {
  const text = draft.data ?? stored;
  const editableData = draft.data ?? editableText(type, stored);
  const [mode, setMode] = useState<"Grid" | "JSON">(type === "table" ? "Grid" : "JSON");
  const [isRefused, setIsRefused] = useState(false);
  // What the grid wrote need not be read again.
  const [written, setWritten] = useState<{ text: string; sheet: Sheet } | null>(null);
  const sheet = useMemo(() => {
    if (mode !== "Grid") return null;
    return written?.text === text ? written.sheet : readSheet(text);
  }, [mode, text, written]);
  if (mode === "Grid" && sheet === null) {
    setMode("JSON");
    setIsRefused(true);
  }
  const show = (name: "Grid" | "JSON") => {
    setIsRefused(false);
    // What a grid writes may be one line.
    if (name === "JSON" && draft.data !== null && !draft.data.includes("\n")) onText(formatJson(draft.data));
    setMode(name);
  };
  return (
    <>
      <div className="mb-1.5 flex min-h-7 items-center gap-2">
        <span className="font-medium text-sm">Data</span>
        <span className="text-faint text-xs">{sheet ? "Table" : "JSON"}</span>
        {type === "table" && (
          <ViewSwitch label="Edit data as" names={["Grid", "JSON"]} shown={sheet ? "Grid" : "JSON"} onShow={show} />
        )}
      </div>
      {isRefused && (
        <div className="mb-2">
          <Notice>{refusal(text)}</Notice>
        </div>
      )}
      {sheet ? (
        <TableEditor
          sheet={sheet}
          text={text}
          onChange={(next, edited) => {
            setWritten({ text: next, sheet: edited });
            onText(next);
          }}
        />
      ) : (
        <Reserved text={editableData}>
          <JsonEditor label="Data" value={editableData} reveal={reveal} onChange={onText} />
        </Reserved>
      )}
    </>
  );
}

/** In pixels, by the theme of the editor: a line, and what is above and below all of them. */
const LINE = 20;
const FRAME = 18;

/** A place as high as the editor is with the lines of a text before they wrap, so that nothing moves once its code has loaded. */
function Reserved({ text, children }: { text: string; children: ReactNode }) {
  const lines = useMemo(() => text.split("\n").length, [text]);
  const height = `${lines * LINE + FRAME}px`;
  return (
    <div className="grid" style={{ minHeight: `min(60vh + 2px, max(10rem + 2px, ${height}))` }}>
      {children}
    </div>
  );
}

/** Why a text is not edited as a grid. */
function refusal(text: string): string {
  if (jsonProblem(text) !== null) return "Correct the JSON first: a grid needs a complete table.";
  const table = tableIn(text);
  if (!table) return "This is not a table: a list of objects, a list of lists, or an object of lists.";
  const cells = table.rows * table.columns.length;
  return cells > MAX_CELLS
    ? `This table has ${formatCount(cells)} cells, so it is edited as JSON. A grid holds up to ${formatCount(MAX_CELLS)}.`
    : "This table is a string with numbers that JSON does not have (NaN or Infinity), so it is edited as JSON.";
}
