"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { ArtifactDetail } from "#contract/artifact";
import type { Json } from "#contract/json";
import { bytes } from "#reading/measure";
import { dataAddress, EMBEDDED, textQuery } from "./artifact-queries";
import { Rendered } from "./renderers/rendered";

const ASK_FIRST = 2_000_000;

/** The data of a version, rendered by its type. What is too large for the page is fetched; what is very large only on request. */
export function ArtifactData({ artifact }: { artifact: ArtifactDetail }) {
  const [asked, setAsked] = useState<string | null>(null);
  if (artifact.size <= EMBEDDED) return <Rendered artifact={artifact} data={artifact.data} />;
  if (artifact.size <= ASK_FIRST || asked === artifact.id) return <Fetched artifact={artifact} />;
  return (
    <div className="flex flex-col items-center gap-4 py-14 text-center">
      <p className="text-soft">
        This version holds <strong className="font-medium text-ink">{bytes(artifact.size)}</strong>. Showing it may take
        a moment.
      </p>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => setAsked(artifact.id)}>
          Load it
        </Button>
        <a href={dataAddress(artifact.id)} download className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Download
        </a>
      </div>
    </div>
  );
}

function Fetched({ artifact }: { artifact: ArtifactDetail }) {
  const { data: text, isError, refetch } = useQuery(textQuery(artifact.id, artifact.updated));
  const data = useMemo((): Json | undefined => (text === undefined ? undefined : JSON.parse(text)), [text]);
  if (isError) {
    return (
      <Notice tone="danger" action={<Button onClick={() => refetch()}>Try again</Button>}>
        The data could not be loaded.
      </Notice>
    );
  }
  if (data === undefined) {
    return (
      <p role="status" className="py-14 text-center text-faint">
        Loading {bytes(artifact.size)}…
      </p>
    );
  }
  return <Rendered artifact={artifact} data={data} />;
}
