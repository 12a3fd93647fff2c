"use client";

import { useMemo } from "react";
import type { Lines } from "../text/lines";
import { LinesView } from "../text/text-view";
import { LongMarkdown } from "./long-markdown";

const MOST_BYTES = 4_000_000;

/** Markdown of more than a page embeds. Beyond 4 MB it is shown as it was written. */
export function LargeMarkdown({ lines }: { lines: Lines }) {
  const small = lines.bytes.length <= MOST_BYTES;
  const text = useMemo(() => (small ? new TextDecoder().decode(lines.bytes) : ""), [lines, small]);
  return small ? <LongMarkdown text={text} compact={false} /> : <LinesView lines={lines} label="Text as written" />;
}
