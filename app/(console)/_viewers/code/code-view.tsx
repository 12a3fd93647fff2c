"use client";

import { useEffect, useMemo, useState } from "react";
import { Copy } from "#app/_ui/copy";
import { languageOf } from "#formats/files/language";
import { formatCount, pluralize } from "#formats/number";
import { NoContent } from "../shared/data-status";
import { linesOf } from "../shared/lines";
import type { ViewerProps } from "../shared/viewer-props";
import { LinesView } from "../text/lines-view";
import type { Run } from "../text/runs";
import type { CodeRequest } from "./worker";

/** In characters. Longer code is shown without colours. */
const MAX_HIGHLIGHTED = 500_000;
/** In milliseconds. */
const TIMEOUT = 10_000;

const encoder = new TextEncoder();

export function CodeViewer({ artifact, data }: ViewerProps) {
  return <CodeView text={String(data)} language={languageOf(artifact)} />;
}

/** Code with the numbers of its lines, in colours once a worker made them. */
export function CodeView({ text, language }: { text: string; language: string | null }) {
  const lines = useMemo(() => linesOf(encoder.encode(text.replaceAll("\r\n", "\n"))), [text]);
  const highlighted = useHighlighted(text, language);
  if (text === "") return <NoContent />;
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-2 text-faint text-sm tabular-nums">
        {pluralize(lines.starts.length, "line")}
        {language !== null && <span>· {language}</span>}
        {text.length > MAX_HIGHLIGHTED && (
          <span>· without colours, since it is longer than {formatCount(MAX_HIGHLIGHTED)} characters</span>
        )}
        <Copy text={text} label="Copy code" className="ml-auto" />
      </div>
      <LinesView lines={lines} label="Code" runsOf={(line) => highlighted[line]} numbered />
    </div>
  );
}

const NONE: Run[][] = [];

/** The runs of the first lines, as many as the worker has made yet. */
function useHighlighted(text: string, language: string | null): Run[][] {
  const [highlighted, setHighlighted] = useState<{ text: string; lines: Run[][] }>({ text: "", lines: NONE });
  useEffect(() => {
    if (language === null || text.length > MAX_HIGHLIGHTED) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const timer = setTimeout(() => worker.terminate(), TIMEOUT);
    let lines: Run[][] = [];
    worker.addEventListener("message", ({ data }: MessageEvent<Run[][]>) => {
      lines = [...lines, ...data];
      setHighlighted({ text, lines });
    });
    worker.postMessage({ text: text.replaceAll("\r\n", "\n"), language } satisfies CodeRequest);
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [text, language]);
  return highlighted.text === text ? highlighted.lines : NONE;
}
