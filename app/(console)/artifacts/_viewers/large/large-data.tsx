"use client";

import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import { altOf, ImageView } from "../image/image-view";
import { JsonTree } from "../json/json-tree";
import { LargeMarkdown } from "../markdown/large-markdown";
import { ShapeMismatch } from "../shape-mismatch";
import { DataError, DataLoading } from "../shared/data-status";
import { TableView } from "../table/table-view";
import { LinesView } from "../text/text-view";
import { useLargeData } from "./use-large-data";

/** Data that is too large for the page: read in a worker, rendered by its type. */
export function LargeData({ artifact, address }: { artifact: Artifact; address: string }) {
  if (artifact.type === "image") {
    return <ImageView src={`${address}?as=file`} alt={altOf(artifact)} size={artifact.size} />;
  }
  return <LargeText artifact={artifact} address={address} />;
}

function LargeText({ artifact, address }: { artifact: Artifact; address: string }) {
  const { type, size, updated } = artifact;
  const { reading, state, reader, failure, again } = useLargeData(
    address,
    updated,
    type === "table" ? "table" : "json",
  );
  if (failure !== null) return <DataError again={again} />;
  if (!reading) return <DataLoading size={size} />;
  switch (reading.kind) {
    case "table":
      return <TableView table={reading.table} columns={reading.columns} reader={reader} />;
    case "json":
      return (
        <div className="space-y-3">
          <ShapeMismatch type={type} />
          <JsonTree key={state} index={reading.index} reader={reader} />
        </div>
      );
    case "lines":
      if (reading.words && type === "markdown") return <LargeMarkdown lines={reading.lines} />;
      return (
        <div className="space-y-3">
          {reading.words ? (
            <ShapeMismatch type={type} />
          ) : (
            <Notice>It has too many values for a tree, so it is shown as it was written.</Notice>
          )}
          <LinesView lines={reading.lines} label="Text" />
        </div>
      );
  }
}
