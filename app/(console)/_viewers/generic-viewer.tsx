"use client";

import { useMemo } from "react";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { type Column, columnsOf } from "#formats/column";
import { indexJsonText } from "#formats/json-index";
import { tableIn } from "#formats/table";
import { JsonTree } from "./json/json-tree";
import { useTableTools } from "./large/use-table-tools";
import { NumberViewer } from "./number/number-viewer";
import { NoContent, ShapeMismatch } from "./shared/data-status";
import { TableView } from "./table/table-view";
import { TextView } from "./text/text-view";

export interface ViewerProps {
  artifact: Artifact;
  data: Json;
  /** The JSON text of the data, with numbers and repeated names as they were written. */
  text: string;
}

const NO_COLUMNS: Column[] = [];

export function TableViewer(props: ViewerProps) {
  const { artifact, text } = props;
  const parsed = useMemo(() => {
    const table = tableIn(text);
    return table && { table, columns: columnsOf(table) };
  }, [text]);
  const tools = useTableTools(parsed?.table ?? null, parsed?.columns ?? NO_COLUMNS);
  if (!parsed) return <GenericViewer {...props} />;
  return <TableView {...parsed} artifact={artifact} reader={null} tools={tools} />;
}

/** A string as text, a number as a figure, any other data as a tree. */
export function GenericViewer({ artifact, data, text }: ViewerProps) {
  const index = useMemo(() => indexJsonText(text), [text]);
  const isText = typeof data === "string";
  return (
    <div className="space-y-3">
      <ShapeMismatch type={artifact.type} shownAs={isText ? "text" : typeof data === "number" ? "a number" : "JSON"} />
      {data === "" ? (
        <NoContent />
      ) : isText ? (
        <TextView text={data} label="Text" bare />
      ) : typeof data === "number" ? (
        <NumberViewer artifact={artifact} value={data} text={text} />
      ) : (
        <JsonTree key={artifact.updated} index={index} reader={null} />
      )}
    </div>
  );
}
