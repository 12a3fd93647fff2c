"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import { altOf, ImageView } from "../image/image-view";
import { DataError, DataLoading, ShapeMismatch } from "../shared/data-status";
import { dataUrl } from "../shared/data-url";
import type { Lines } from "../shared/lines";
import { TableView } from "../table/table-view";
import { useLargeData } from "./use-large-data";

const JsonTree = dynamic(() => loadCode(() => import("../json/json-tree")).then((module) => module.JsonTree));
const LinesView = dynamic(() => loadCode(() => import("../text/lines-view")).then((module) => module.LinesView));
const MarkdownDocument = dynamic(() =>
  loadCode(() => import("../markdown/markdown-viewer")).then((module) => module.MarkdownDocument),
);

/** In bytes. Longer markdown is shown as text. */
const MAX_MARKDOWN = 4_000_000;

/** Data too large to embed in the page: loaded in a worker and shown by a viewer, as far as it is for large data. */
export function LargeData({ artifact, viewer }: { artifact: Artifact; viewer: string | null }) {
  if (artifact.type === "image") {
    return <ImageView alt={altOf(artifact)} size={artifact.size} src={dataUrl(artifact.id, "file")} />;
  }
  return <LargeText artifact={artifact} viewer={viewer} />;
}

function LargeText({ artifact, viewer }: { artifact: Artifact; viewer: string | null }) {
  const { id, type, size, updated } = artifact;
  const { data, reader, error, progress, onRetry, ...loaded } = useLargeData(
    dataUrl(id, "json"),
    updated,
    viewer === "table" ? "table" : "json",
  );
  if (error !== null) return <DataError problem={error} onRetry={onRetry} />;
  if (!data) return <DataLoading size={size} progress={progress} />;
  switch (data.kind) {
    case "table":
      return (
        reader && (
          <TableView artifact={artifact} table={data.table} columns={data.columns} reader={reader} tools={reader} />
        )
      );
    case "json":
      return (
        <div className="space-y-3">
          <ShapeMismatch type={type} shownAs="JSON" />
          <JsonTree key={loaded.updated} index={data.index} reader={reader} />
        </div>
      );
    case "lines":
      if (data.isString && viewer === "markdown") return <LargeMarkdown lines={data.lines} />;
      return (
        <div className="space-y-3">
          {data.isString ? (
            <ShapeMismatch type={type} shownAs="text" />
          ) : (
            <Notice>This has too many values for a tree, so it's shown as text.</Notice>
          )}
          {data.problem !== undefined && <Notice>{data.problem}</Notice>}
          <LinesView lines={data.lines} label="Text" />
        </div>
      );
  }
}

function LargeMarkdown({ lines }: { lines: Lines }) {
  const small = lines.bytes.length <= MAX_MARKDOWN;
  const text = useMemo(() => (small ? new TextDecoder().decode(lines.bytes) : ""), [lines, small]);
  return small ? <MarkdownDocument text={text} /> : <LinesView lines={lines} label="Source text" />;
}
