"use client";

import { Code, Maximize2, Minimize2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatCount } from "#formats/number";
import { useIsDark } from "../shared/use-is-dark";
import type { ViewerProps } from "../shared/viewer-props";
import { TextView } from "../text/text-view";
import { type Drawing, DrawingFrame } from "./drawing-frame";
import { altOf, MAX_DIAGRAM } from "./source";

const frame = new DrawingFrame("mermaid");

type Result = { drawing: Drawing; error?: never } | { drawing?: never; error: string };

export function MermaidViewer({ data }: ViewerProps) {
  return <Diagram source={String(data)} />;
}

/** A Mermaid diagram as an image; its source while it is drawn, and with the reason where it can't be. */
export function Diagram({ source }: { source: string }) {
  const dark = useIsDark();
  const result = useDrawing(source, dark);
  const alt = useMemo(() => altOf(source), [source]);
  const [showsSource, setShowsSource] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  if (!result?.drawing) {
    return (
      <figure className="my-4 space-y-2">
        {result && <Notice>{`This diagram can't be drawn, so it's shown as its source. ${result.error}`}</Notice>}
        <TextView text={source} label="Source of a diagram" />
      </figure>
    );
  }
  const { image, width, height } = result.drawing;
  return (
    <figure className="my-4">
      <ScrollRegion label="Diagram" className="overflow-auto rounded-md border bg-canvas p-3">
        {/* biome-ignore lint/performance/noImgElement: within an image nothing of a diagram runs or is loaded */}
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(image)}`}
          alt={alt}
          width={width}
          height={height}
          className={`mx-auto block h-auto ${isWhole ? "max-w-none" : "max-w-full"} ${
            dark ? "print:[filter:invert(1)_hue-rotate(180deg)]" : ""
          }`}
        />
      </ScrollRegion>
      <figcaption className="mt-1 flex justify-end print:hidden">
        <Button look="quiet" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? <Minimize2 aria-hidden className="size-3.5" /> : <Maximize2 aria-hidden className="size-3.5" />}
          Full size
        </Button>
        <Button look="quiet" aria-pressed={showsSource} onClick={() => setShowsSource(!showsSource)}>
          <Code aria-hidden className="size-3.5" />
          Source
        </Button>
      </figcaption>
      {showsSource && <TextView text={source} label="Source of a diagram" />}
    </figure>
  );
}

/** Null while it is drawn for the first time. */
function useDrawing(text: string, dark: boolean): Result | null {
  const [result, setResult] = useState<(Result & { of: string }) | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const put = (next: Result) => {
      if (!abort.signal.aborted) setResult({ ...next, of: text });
    };
    if (text.length > MAX_DIAGRAM) put({ error: `It is longer than ${formatCount(MAX_DIAGRAM)} characters.` });
    else
      frame.draw({ text, dark }, abort.signal).then(
        (drawing) => put({ drawing }),
        (error: Error) => put({ error: error.message }),
      );
    return () => abort.abort();
  }, [text, dark]);
  return result?.of === text ? result : null;
}
