"use client";

import { createElement, useMemo } from "react";
import { OwnFrame, type Shown } from "../own/own-viewer";
import { DataError, DataLoading } from "../shared/data-status";
import { useFile } from "./use-file";
import type { FileViewerComponent, FileViewerProps } from "./viewer-props";

/** In bytes: of larger files a viewer gets the URL alone. */
const MAX_SENT = 16_000_000;

/** Shows a file by a viewer of the operator. */
export function fileViewer(name: string): FileViewerComponent {
  return (props) => createElement(props.file.size <= MAX_SENT ? SentFile : LinkedFile, { ...props, name });
}

function SentFile({ artifact, file, url, name }: FileViewerProps & { name: string }) {
  const { data: bytes, isError, refetch } = useFile(file, url);
  const shown = useMemo(
    () => bytes && { ...shownOf(artifact.type, file), bytes: bytes.slice().buffer },
    [artifact.type, file, bytes],
  );
  if (isError) return <DataError onRetry={refetch} />;
  return shown ? <OwnFrame id={artifact.id} viewer={name} shown={shown} /> : <DataLoading size={file.size} />;
}

function LinkedFile({ artifact, file, name }: FileViewerProps & { name: string }) {
  const shown = useMemo(() => shownOf(artifact.type, file), [artifact.type, file]);
  return <OwnFrame id={artifact.id} viewer={name} shown={shown} />;
}

function shownOf(artifactType: string | null, { path, mediaType, size }: FileViewerProps["file"]): Shown {
  return { name: path.slice(path.lastIndexOf("/") + 1), artifactType, mediaType, size, path };
}
