"use client";

import { useContext } from "react";
import { NoContent } from "../shared/data-status";
import type { ViewerProps } from "../shared/viewer-props";
import { Markdown } from "./markdown";
import { OutlineScope } from "./outline/outline-scope";

export function MarkdownViewer({ data }: ViewerProps) {
  const text = String(data);
  return text.trim() === "" ? <NoContent /> : <MarkdownDocument text={text} />;
}

/** Markdown that is the data of an artifact. */
export function MarkdownDocument({ text }: { text: string }) {
  return <Markdown text={text} outline={useContext(OutlineScope)} />;
}
