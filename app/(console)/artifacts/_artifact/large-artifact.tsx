"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { ArtifactDetail } from "#contract/artifact";
import type { Json } from "#contract/json";
import { formatBytes } from "#formats/number";
import { ArtifactViewer } from "../../_viewers/artifact-viewer";
import { LargeData } from "../../_viewers/large/large-data";
import { viewerOfLarge } from "../../_viewers/registry";
import { DataError, DataLoading } from "../../_viewers/shared/data-status";
import { dataUrl } from "../../_viewers/shared/data-url";
import { textQuery } from "./artifact-queries";

/** In bytes. Larger data is loaded only on request. */
const MAX_AUTOLOADED = 16_000_000;

/** Data that the page does not embed: loaded as its viewer needs it, and above a size only on request. */
export function LargeArtifact({ artifact }: { artifact: ArtifactDetail }) {
  const [requested, setRequested] = useState<string | null>(null);
  const viewer = viewerOfLarge(artifact);
  const loads = artifact.size <= MAX_AUTOLOADED || requested === artifact.id;
  if (loads && viewer?.maxSize !== undefined && artifact.size <= viewer.maxSize) {
    return <LoadedData key={artifact.id} artifact={artifact} />;
  }
  if (loads) {
    return (
      <div className="space-y-3">
        {viewer?.maxSize !== undefined && (
          <Notice>
            This is larger than the {formatBytes(viewer.maxSize)} that the viewer "{viewer.name}" reads, so it's shown
            as it is.
          </Notice>
        )}
        <LargeData key={artifact.id} artifact={artifact} viewer={viewer?.name ?? null} />
      </div>
    );
  }
  return (
    <div className="flex flex-col items-center gap-4 py-14 text-center">
      <p className="text-soft">
        This version is <strong className="font-medium text-ink">{formatBytes(artifact.size)}</strong> and may take a
        moment to load.
      </p>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => setRequested(artifact.id)}>
          Load data
        </Button>
        <a href={dataUrl(artifact.id, "json")} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Download
        </a>
      </div>
    </div>
  );
}

/** Data that is not embedded, but small enough for the page to parse. */
function LoadedData({ artifact }: { artifact: ArtifactDetail }) {
  const { data: text, isError, refetch } = useQuery(textQuery(artifact.id, artifact.updated));
  const data = useMemo<Json>(() => (text === undefined ? null : JSON.parse(text)), [text]);
  if (isError) return <DataError onRetry={refetch} />;
  if (text === undefined) return <DataLoading size={artifact.size} />;
  return <ArtifactViewer artifact={artifact} data={data} text={text} />;
}
