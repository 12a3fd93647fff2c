"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { formatBytes } from "#formats/number";
import { ArtifactViewer } from "../_viewers/artifact-viewer";
import { dataUrl, needsText, textQuery } from "./artifact-queries";

const LargeData = dynamic(() => import("../_viewers/large/large-data").then((module) => module.LargeData));

const ASK_FIRST = 16_000_000;

/** The data of a version, rendered by its type. What is too large for the page is read in a worker; what is very large only on request. */
export function ArtifactData({ artifact }: { artifact: ArtifactDetail }) {
  const [asked, setAsked] = useState<string | null>(null);
  if (artifact.size <= MAX_EMBEDDED_DATA) return <SmallData artifact={artifact} />;
  if (artifact.size <= ASK_FIRST || asked === artifact.id) {
    return <LargeData key={artifact.id} artifact={artifact} address={dataUrl(artifact.id)} />;
  }
  return (
    <div className="flex flex-col items-center gap-4 py-14 text-center">
      <p className="text-soft">
        This version holds <strong className="font-medium text-ink">{formatBytes(artifact.size)}</strong>. Showing it
        may take a moment.
      </p>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => setAsked(artifact.id)}>
          Load it
        </Button>
        <a href={dataUrl(artifact.id)} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Download
        </a>
      </div>
    </div>
  );
}

function SmallData({ artifact }: { artifact: ArtifactDetail }) {
  const spelled = needsText(artifact);
  const { data: text } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled: spelled });
  return (
    <ArtifactViewer
      artifact={artifact}
      data={artifact.data}
      text={(spelled && text) || JSON.stringify(artifact.data)}
    />
  );
}
