"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { decodeText } from "#formats/delimited/encoding";
import { PartViewer } from "../artifact-viewer";
import { NotebookView } from "../notebook/notebook-view";
import { DataError, DataLoading } from "../shared/data-status";
import { TextView } from "../text/text-view";
import { useFile } from "./use-file";
import type { FileViewerProps } from "./viewer-props";

export function NotebookFile({ artifact, file, url }: FileViewerProps) {
  const { data: bytes, isError, refetch } = useFile(file, url);
  const text = useMemo(() => bytes && decodeText(bytes), [bytes]);
  if (isError) return <DataError onRetry={refetch} />;
  if (text === undefined) return <DataLoading size={file.size} />;
  return (
    <NotebookView
      artifact={artifact}
      text={text}
      Part={PartViewer}
      fallback={(problem) => (
        <div className="space-y-3">
          <Notice>{problem} It's shown as text.</Notice>
          <TextView text={text} label={`Content of ${file.path}`} />
        </div>
      )}
    />
  );
}
