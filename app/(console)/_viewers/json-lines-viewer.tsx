"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { jsonProblem } from "#formats/json-problem";
import { NoContent } from "./shared/data-status";
import type { ViewerProps } from "./shared/viewer-props";
import { StructureView } from "./structure-view";
import { TextView } from "./text/text-view";

/** A text with a JSON value in each line, as a table or tree of them all. */
export function JsonLinesViewer({ artifact, data }: ViewerProps) {
  const text = String(data);
  const { list, problem } = useMemo(() => listOf(text), [text]);
  if (text.trim() === "") return <NoContent />;
  if (problem === null) return <StructureView artifact={artifact} text={list} first="table" />;
  return (
    <div className="space-y-3">
      <Notice>{`${problem} So this is shown as text.`}</Notice>
      <TextView text={text} label="Text" />
    </div>
  );
}

/** The lines as one list in JSON, with each value as it was written; the first line that is not a value, if any. */
function listOf(text: string): { list: string; problem: string | null } {
  const values: string[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const problem = jsonProblem(line);
    if (problem) return { list: "", problem: `Line ${at + 1} isn't JSON: ${problem.message}.` };
    values.push(line);
  }
  return { list: `[${values.join(",")}]`, problem: null };
}
