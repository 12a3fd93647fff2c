"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { decodeText } from "#formats/delimited/encoding";
import { CodeView } from "../code/code-view";
import { HtmlView } from "../html/html-view";
import { SandboxFrame } from "../html/sandbox-frame";
import { DELETED, sandboxLink } from "../html/sandbox-url";
import { DataError, DataLoading } from "../shared/data-status";
import { useFile } from "./use-file";
import type { FileViewerProps } from "./viewer-props";

/** An HTML file with the files beside it, as the sandbox serves them. */
export function HtmlFile(props: FileViewerProps) {
  return (
    <HtmlView
      report={(attempt) => <FileReport key={attempt} {...props} attempt={attempt} />}
      source={<Source {...props} />}
    />
  );
}

function FileReport({ attempt, ...props }: FileViewerProps & { attempt: number }) {
  const { artifact, file } = props;
  const { data, isError, error, refetch } = useQuery({
    // Each frame has a link of its own, as one works for 10 minutes.
    queryKey: ["sandbox", artifact.id, file.path, attempt],
    queryFn: ({ signal }) => sandboxLink(`/api/artifacts/${artifact.id}/sandbox`, signal),
    gcTime: 0,
    staleTime: "static",
    refetchInterval: false,
  });
  if (error?.message === DELETED) {
    return (
      <>
        <Notice>{DELETED} This is its source.</Notice>
        <Source {...props} />
      </>
    );
  }
  if (isError) return <DataError problem={error.message} onRetry={refetch} />;
  if (!data) return <DataLoading size={file.size} />;
  return <SandboxFrame src={data + file.path.split("/").map(encodeURIComponent).join("/")} title={file.path} />;
}

/** In bytes: longer sources are only downloaded. */
const MAX_SOURCE = 16_000_000;

function Source(props: FileViewerProps) {
  if (props.file.size <= MAX_SOURCE) return <SourceText {...props} />;
  return <p className="py-6 text-center text-faint">The source is too long to be shown. Download it to read it.</p>;
}

function SourceText({ file, url }: FileViewerProps) {
  const { data: bytes, isError, refetch } = useFile(file, url);
  const text = useMemo(() => bytes && decodeText(bytes), [bytes]);
  if (isError) return <DataError onRetry={refetch} />;
  return text !== undefined ? <CodeView text={text} language="html" /> : <DataLoading size={file.size} />;
}
