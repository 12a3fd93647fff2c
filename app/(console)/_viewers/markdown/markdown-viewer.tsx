"use client";

import { NoContent } from "../shared/data-status";
import type { ViewerProps } from "../shared/viewer-props";
import { Markdown } from "./markdown";

export function MarkdownViewer({ data }: ViewerProps) {
  const text = String(data);
  return text.trim() === "" ? <NoContent /> : <Markdown text={text} />;
}
