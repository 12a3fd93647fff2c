"use client";

import { useQuery } from "@tanstack/react-query";
import { Copy } from "#app/_ui/copy";
import type { Artifact } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { useLargeData } from "../../_viewers/large/use-large-data";
import { DataError, DataLoading } from "../../_viewers/shared/data-status";
import { dataUrl } from "../../_viewers/shared/data-url";
import { LinesView } from "../../_viewers/text/lines-view";
import { TextView } from "../../_viewers/text/text-view";
import { textQuery } from "../_artifact/artifact-queries";

/** The stored JSON text of a version, character for character. */
export function RawData({ artifact }: { artifact: Artifact }) {
  return artifact.size > MAX_EMBEDDED_DATA ? (
    <LargeRawData artifact={artifact} />
  ) : (
    <SmallRawData artifact={artifact} />
  );
}

function SmallRawData({ artifact }: { artifact: Artifact }) {
  const { data: text, isError, refetch } = useQuery(textQuery(artifact.id, artifact.updated));
  if (isError) return <DataError onRetry={refetch} />;
  if (text === undefined) return <DataLoading size={artifact.size} />;
  return (
    <>
      <Facts size={artifact.size} text={text} />
      <TextView text={text} label="Raw data" />
    </>
  );
}

function LargeRawData({ artifact: { id, updated, size } }: { artifact: Artifact }) {
  const { data, error, progress, onRetry } = useLargeData(dataUrl(id, "json"), updated, "lines");
  const lines = data?.kind === "lines" ? data.lines : null;
  return (
    <>
      <Facts size={size} />
      {error !== null && <DataError problem={error} onRetry={onRetry} />}
      {lines && <LinesView lines={lines} label="Raw data" />}
      {error === null && !lines && <DataLoading size={size} progress={progress} />}
    </>
  );
}

function Facts({ size, text }: { size: number; text?: string }) {
  return (
    <p className="mb-3 flex items-center gap-2 text-faint text-sm">
      {formatBytes(size)} of JSON, exactly as stored
      {text !== undefined && <Copy text={text} label="Copy raw data" className="ml-auto" />}
    </p>
  );
}
