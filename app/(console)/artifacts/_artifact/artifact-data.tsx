"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button, buttonClass } from "#app/_ui/button";
import { exact } from "#app/_ui/timestamp";

import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { ArtifactViewer } from "../../_viewers/artifact-viewer";
import { usePrinting } from "../../_viewers/shared/use-printing";
import { dataUrl, needsText, textQuery } from "./artifact-queries";

const LargeData = dynamic(() =>
  loadCode(() => import("../../_viewers/large/large-data")).then((module) => module.LargeData),
);

/** In bytes. Larger data is loaded only on request. */
const MAX_AUTOLOADED = 16_000_000;

/** The data of a version, shown by its type, and on paper its source. */
export function ArtifactData({ artifact }: { artifact: ArtifactDetail }) {
  return (
    <>
      <Data artifact={artifact} />
      <PrintFoot artifact={artifact} />
    </>
  );
}

function PrintFoot({ artifact }: { artifact: ArtifactDetail }) {
  if (!usePrinting()) return null;
  return (
    <footer className="mt-6 border-t pt-2 text-soft text-xs">
      <p className="break-all">{location.href}</p>
      <p>
        {artifact.key === null ? "Published" : `${artifact.key}, version ${artifact.version}, published`}{" "}
        {exact(artifact.created)}
      </p>
    </footer>
  );
}

function Data({ artifact }: { artifact: ArtifactDetail }) {
  const [requested, setRequested] = useState<string | null>(null);
  if (artifact.size <= MAX_EMBEDDED_DATA) return <EmbeddedData artifact={artifact} />;
  if (artifact.size <= MAX_AUTOLOADED || requested === artifact.id) {
    return <LargeData key={artifact.id} artifact={artifact} url={dataUrl(artifact.id)} />;
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
        <a href={dataUrl(artifact.id)} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Download
        </a>
      </div>
    </div>
  );
}

function EmbeddedData({ artifact }: { artifact: ArtifactDetail }) {
  const enabled = needsText(artifact);
  const { data: text } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled });
  return (
    <ArtifactViewer
      artifact={artifact}
      data={artifact.data}
      text={(enabled && text) || JSON.stringify(artifact.data)}
    />
  );
}
