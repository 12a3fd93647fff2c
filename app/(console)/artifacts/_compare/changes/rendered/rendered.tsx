"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import type { Stretch, TextDifference } from "#diff/text";
import type { Part } from "#diff/words";
import { isTooDeep } from "#formats/markdown";
import { Groups } from "../../../../_viewers/markdown/blocks";
import { useWorkerDocument } from "../../../../_viewers/markdown/use-document";
import type { MergeRequest } from "./worker";

/** In characters of both sides together. Longer markdown is compared as source only. */
const MAX_LENGTH = 2_000_000;

/** Markdown as it is read, with what was removed and added marked in it. Parsed in a worker. */
export function RenderedDifference({ difference: { stretches } }: { difference: TextDifference }) {
  const request = useMemo(
    (): MergeRequest => ({ from: textOf(stretches, "removed"), to: textOf(stretches, "added") }),
    [stretches],
  );
  const length = request.from.length + request.to.length;
  const isReadable = length <= MAX_LENGTH && !isTooDeep(request.from) && !isTooDeep(request.to);
  const { groups, end } = useWorkerDocument(createWorker, request, length, isReadable);
  if (!isReadable || end === 0) {
    return <Notice>This would take too long to render. Compare the source instead.</Notice>;
  }
  if (end === null) {
    return (
      <p role="status" className="py-6 text-center text-faint text-sm">
        Rendering…
      </p>
    );
  }
  return (
    <div className="diff-document rounded-md border bg-surface px-5 py-4">
      <Groups groups={groups} compact={false} />
    </div>
  );
}

function createWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}

/** The text of one side, of which a difference has every line. */
function textOf(stretches: Stretch[], side: "removed" | "added"): string {
  const lineOf = ({ parts }: { parts: Part[] }) => parts.map(({ text }) => text).join("");
  return stretches.flatMap((stretch) => (stretch.same ? stretch.lines : stretch[side].map(lineOf))).join("\n");
}
