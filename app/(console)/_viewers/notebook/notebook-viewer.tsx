"use client";

import { Notice } from "#app/_ui/notice";
import { TreeOfText } from "../json/tree-of-text";
import type { ViewerProps } from "../shared/viewer-props";
import { NotebookView } from "./notebook-view";

/** A notebook that is JSON data. */
export function NotebookViewer({ artifact, text, Part }: ViewerProps) {
  return (
    <NotebookView
      artifact={artifact}
      text={text}
      Part={Part}
      fallback={(problem) => (
        <div className="space-y-3">
          <Notice>{problem} It's shown as JSON.</Notice>
          <TreeOfText text={text} />
        </div>
      )}
    />
  );
}
