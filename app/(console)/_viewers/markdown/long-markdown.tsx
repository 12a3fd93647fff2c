"use client";

import { type ReactNode, useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { TextView } from "../text/text-view";
import { Blocks } from "./blocks";
import { isTooDeep } from "./cost";
import { useParsedParts } from "./use-parts";

const TOO_DEEP = "This is nested too deeply to render, so it's shown as source text.";
const TOO_SLOW = "This would take too long to render, so it's shown as source text.";
const REST_TOO_SLOW = "The rest would take too long to render, so it's shown as source text.";

/** Markdown that is parsed in a worker and rendered part by part; what cannot be rendered in time is shown as source. */
export function LongMarkdown({ text, compact }: { text: string; compact: boolean }) {
  const tooDeep = useMemo(() => isTooDeep(text), [text]);
  const { parts, end, parsing } = useParsedParts(text, { whole: false, anchors: !compact, enabled: !tooDeep });
  if (tooDeep) return <SourceText text={text} reason={TOO_DEEP} />;
  return (
    <Frame compact={compact}>
      {parts.map((blocks, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only appended
        <Blocks key={at} blocks={blocks} />
      ))}
      {parsing ? (
        <p role="status" className="py-6 text-center text-faint text-sm">
          Rendering…
        </p>
      ) : (
        end < text.length && <SourceText text={text.slice(end)} reason={end > 0 ? REST_TOO_SLOW : TOO_SLOW} />
      )}
    </Frame>
  );
}

/** Limits the height of a long description. */
function Frame({ compact, children }: { compact: boolean; children: ReactNode }) {
  if (!compact) return children;
  return (
    <ScrollRegion label="Description" className="max-h-96 overflow-y-auto">
      {children}
    </ScrollRegion>
  );
}

function SourceText({ text, reason }: { text: string; reason: string }) {
  return (
    <div className="space-y-3">
      <Notice>{reason}</Notice>
      <TextView text={text} label="Source text" />
    </div>
  );
}
