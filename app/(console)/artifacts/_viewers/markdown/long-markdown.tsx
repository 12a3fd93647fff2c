"use client";

import { type ReactNode, useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { TextView } from "../text/text-view";
import { Blocks } from "./blocks";
import { nestingError } from "./cost";
import { useParsedParts } from "./use-parts";

const GIVEN_UP = "Rendering the rest would take too long, so it is shown as it was written.";
const NOTHING = "It would take too long to render, so it is shown as it was written.";

/** A long or costly markdown text: read in a worker and drawn part by part; what cannot be read in time stands as it was written. */
export function LongMarkdown({ text, compact }: { text: string; compact: boolean }) {
  const refusal = useMemo(() => nestingError(text), [text]);
  const { parts, end, reading } = useParsedParts(text, { whole: false, anchors: !compact, wanted: refusal === null });
  if (refusal !== null) return <SourceText text={text} why={refusal} />;
  return (
    <Frame compact={compact}>
      {parts.map((blocks, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts come in order and stay
        <Blocks key={at} blocks={blocks} />
      ))}
      {reading ? (
        <p role="status" className="py-6 text-center text-faint text-sm">
          Rendering…
        </p>
      ) : (
        end < text.length && <SourceText text={text.slice(end)} why={end > 0 ? GIVEN_UP : NOTHING} />
      )}
    </Frame>
  );
}

/** A long description is not to push away what it describes. */
function Frame({ compact, children }: { compact: boolean; children: ReactNode }) {
  if (!compact) return children;
  return (
    <ScrollRegion label="Description" className="max-h-96 overflow-y-auto">
      {children}
    </ScrollRegion>
  );
}

function SourceText({ text, why }: { text: string; why: string }) {
  return (
    <div className="space-y-3">
      <Notice>{why}</Notice>
      <TextView text={text} label="Text as written" />
    </div>
  );
}
