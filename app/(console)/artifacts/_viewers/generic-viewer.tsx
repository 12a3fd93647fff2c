"use client";

import { useMemo } from "react";
import { jsonIndexOf, runToEnd } from "#formats/json-index";
import { readTable } from "#formats/table";
import { JsonTree } from "./json/json-tree";
import { ShapeMismatch } from "./shape-mismatch";
import type { ViewerProps } from "./shown";
import { columnsOf } from "./table/column";
import { TableView } from "./table/table-view";
import { TextView } from "./text/text-view";

/** A table that came with the page; what is none is shown as JSON. */
export function TableViewer(shown: ViewerProps) {
  const { text } = shown;
  const read = useMemo(() => {
    const table = runToEnd(readTable(jsonIndexOf(text)));
    return table && { table, columns: columnsOf(table) };
  }, [text]);
  return read ? <TableView {...read} reader={null} /> : <GenericViewer {...shown} />;
}

/** Data without a renderer of its own: text as it is, all else as a tree. */
export function GenericViewer({ artifact, data, text }: ViewerProps) {
  const index = useMemo(() => jsonIndexOf(text), [text]);
  return (
    <div className="space-y-3">
      <ShapeMismatch type={artifact.type} />
      {typeof data === "string" ? (
        <TextView text={data} label="Text" bare />
      ) : (
        <JsonTree key={artifact.updated} index={index} reader={null} />
      )}
    </div>
  );
}
