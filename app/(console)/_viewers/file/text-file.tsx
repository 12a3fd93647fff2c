"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { decodeText, utf16Mark } from "#formats/delimited/encoding";
import { isJsonType } from "#formats/files/content-type";
import { jsonProblem } from "#formats/json-problem";
import { ArtifactViewer } from "../artifact-viewer";
import { JsonTree } from "../json/json-tree";
import { useLargeData } from "../large/use-large-data";
import { viewerOfLarge } from "../registry";
import { DataError, DataLoading } from "../shared/data-status";
import { LinesView } from "../text/lines-view";
import { asArtifact } from "./as-artifact";
import { HexFile } from "./hex-file";
import { useFile } from "./use-file";
import type { FileViewerProps } from "./viewer-props";

/** In bytes: text has no zero among so many, unless it is in UTF-16 with a byte order mark. */
const CHECKED = 4_096;

/** A text by the viewer for data of its type, or a long one as its lines; JSON that is long as a tree. */
export function TextFile(props: FileViewerProps) {
  const { artifact, file } = props;
  const part = useMemo(() => asArtifact(artifact, file), [artifact, file]);
  const isShort = file.size <= (viewerOfLarge(part)?.maxSize ?? MAX_EMBEDDED_DATA);
  return isShort ? <ShortText part={part} {...props} /> : <LongText isJson={isJsonType(part.type)} {...props} />;
}

function isBinary(bytes: Uint8Array): boolean {
  return utf16Mark(bytes) === null && bytes.subarray(0, CHECKED).includes(0);
}

function ShortText({ part, ...props }: FileViewerProps & { part: Artifact }) {
  const { file, url } = props;
  const { data: bytes, isError, refetch } = useFile(file, url);
  const read = useMemo(() => bytes && !isBinary(bytes) && textOf(part, bytes), [part, bytes]);
  if (isError) return <DataError onRetry={refetch} />;
  if (!bytes) return <DataLoading size={file.size} />;
  if (!read) return <HexFile {...props} problem="This file isn't text." />;
  const { text, data, problem } = read;
  return (
    <div className="space-y-3">
      {problem !== null && <Notice>{problem}</Notice>}
      <ArtifactViewer artifact={part} data={data} text={text} />
    </div>
  );
}

function LongText({ isJson, ...props }: FileViewerProps & { isJson: boolean }) {
  const { file, url } = props;
  const prefer = isJson ? "json-file" : "lines";
  const { data, reader, error, progress, onRetry } = useLargeData(url, file.sha256, prefer);
  if (error !== null) return <DataError problem={error} onRetry={onRetry} />;
  if (!data) return <DataLoading size={file.size} progress={progress} />;
  if (data.kind === "json") return <JsonTree index={data.index} reader={reader} />;
  if (data.kind === "table") return null;
  if (isBinary(data.lines.bytes)) return <HexFile {...props} problem="This file isn't text." />;
  const problem = data.problem ?? (isJson ? "This has too many values for a tree, so it's shown as text." : null);
  return (
    <div className="space-y-3">
      {problem !== null && <Notice>{problem}</Notice>}
      <LinesView lines={data.lines} label={`Content of ${file.path}`} numbered />
    </div>
  );
}

/** The content with its JSON text, and what is wrong with content that should be JSON. */
function textOf({ type }: Artifact, bytes: Uint8Array): { text: string; data: Json; problem: string | null } {
  const text = decodeText(bytes);
  const problem = isJsonType(type) ? jsonProblem(text) : null;
  if (isJsonType(type) && !problem) return { text, data: JSON.parse(text), problem: null };
  return {
    text: JSON.stringify(text),
    data: text,
    problem: problem && `This isn't JSON: ${problem.message}. So it's shown as text.`,
  };
}
