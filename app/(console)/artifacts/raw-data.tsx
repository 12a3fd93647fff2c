"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Button, buttonClass } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { Artifact } from "#contract/artifact";
import { bytes } from "#reading/measure";
import { dataAddress, textQuery } from "./artifact-queries";

const MOST_SHOWN = 500_000;

/** The data of a version exactly as it is stored, character for character. */
export function RawData({ artifact }: { artifact: Artifact }) {
  const { data: text, isError, refetch } = useQuery(textQuery(artifact.id, artifact.updated));
  const cut = text !== undefined && text.length > MOST_SHOWN;
  return (
    <div>
      <div className="mb-3 flex items-center gap-2">
        <p className="text-faint text-sm">{bytes(artifact.size)} of JSON, exactly as stored</p>
        <span className="ml-auto flex items-center gap-1">
          {text !== undefined && <Copy text={text} label="Copy the raw data" />}
          <a href={dataAddress(artifact.id)} download className={buttonClass("quiet")}>
            <Download aria-hidden className="size-4" />
            Download
          </a>
        </span>
      </div>
      {isError && (
        <Notice tone="danger" action={<Button onClick={() => refetch()}>Try again</Button>}>
          The data could not be loaded.
        </Notice>
      )}
      {cut && <Notice>Only the first {bytes(MOST_SHOWN)} are shown. Download it to see the rest.</Notice>}
      <ScrollRegion label="Raw data" className="max-h-[72vh] min-h-24 overflow-auto rounded-md border bg-surface">
        <pre className="whitespace-pre-wrap break-all p-3 font-mono text-[13px] leading-5">
          {text === undefined ? <span className="text-faint">Loading…</span> : text.slice(0, MOST_SHOWN)}
        </pre>
      </ScrollRegion>
    </div>
  );
}
