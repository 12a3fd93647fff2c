"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Copy } from "#app/_ui/copy";
import type { Artifact } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { dataUrl, textQuery } from "../../_artifact/artifact-queries";
import { DataError, DataLoading } from "../../_viewers/shared/data-status";

const TextView = dynamic(() => import("../../_viewers/text/text-view").then((module) => module.TextView));
const LargeText = dynamic(() => import("../../_viewers/text/large-text").then((module) => module.LargeText));

/** The data of a version exactly as it is stored, character for character. */
export function RawData({ artifact }: { artifact: Artifact }) {
  return (
    <div>
      {artifact.size > MAX_EMBEDDED_DATA ? (
        <>
          <Facts size={artifact.size} />
          <LargeText address={dataUrl(artifact.id)} state={artifact.updated} size={artifact.size} label="Raw data" />
        </>
      ) : (
        <SmallRaw artifact={artifact} />
      )}
    </div>
  );
}

function SmallRaw({ artifact }: { artifact: Artifact }) {
  const { data: text, isError, refetch } = useQuery(textQuery(artifact.id, artifact.updated));
  if (isError) return <DataError again={refetch} />;
  if (text === undefined) return <DataLoading size={artifact.size} />;
  return (
    <>
      <Facts size={artifact.size} text={text} />
      <TextView text={text} label="Raw data" />
    </>
  );
}

function Facts({ size, text }: { size: number; text?: string }) {
  return (
    <p className="mb-3 flex items-center gap-2 text-faint text-sm">
      {formatBytes(size)} of JSON, exactly as stored
      {text !== undefined && <Copy text={text} label="Copy the raw data" className="ml-auto" />}
    </p>
  );
}
