"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import { ImageView } from "../image/image-view";
import { JsonTree } from "../json/json-tree";
import { Markdown } from "../markdown/markdown";
import { DataError, DataLoading, ShapeMismatch } from "../shared/data-status";
import { TableView } from "../table/table-view";
import type { Lines } from "../text/lines";
import { LinesView } from "../text/text-view";
import { useLargeData } from "./use-large-data";

/** In bytes. Longer markdown is shown as text. */
const MAX_MARKDOWN = 4_000_000;

/** Data too large to embed in the page: loaded from `url` in a worker and shown by its type. */
export function LargeData({ artifact, url }: { artifact: Artifact; url: string }) {
  if (artifact.type === "image") {
    return <ImageView artifact={artifact} src={`${url}?as=file`} />;
  }
  return <LargeText artifact={artifact} url={url} />;
}

function LargeText({ artifact, url }: { artifact: Artifact; url: string }) {
  const { type, size, updated } = artifact;
  const { data, reader, error, progress, onRetry, ...loaded } = useLargeData(
    url,
    updated,
    type === "table" ? "table" : "json",
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
      if (data.isString && type === "markdown") return <LargeMarkdown lines={data.lines} />;
      return (
        <div className="space-y-3">
          {data.isString ? (
            <ShapeMismatch type={type} shownAs="text" />
          ) : (
            <Notice>This has too many values for a tree, so it's shown as text.</Notice>
          )}
          <LinesView lines={data.lines} label="Text" />
        </div>
      );
  }
}

function LargeMarkdown({ lines }: { lines: Lines }) {
  const small = lines.bytes.length <= MAX_MARKDOWN;
  const text = useMemo(() => (small ? new TextDecoder().decode(lines.bytes) : ""), [lines, small]);
  return small ? <Markdown text={text} /> : <LinesView lines={lines} label="Source text" />;
}
