"use client";

import { NumberViewer } from "./number/number-viewer";
import { NoContent, ShapeMismatch } from "./shared/data-status";
import type { ViewerProps } from "./shared/viewer-props";
import { StructureView } from "./structure-view";
import { TextView } from "./text/text-view";

/** A string as text, a number as a figure, any other data as a tree. */
export function GenericViewer(props: ViewerProps) {
  const { artifact, data, text } = props;
  const isText = typeof data === "string";
  return (
    <div className="space-y-3">
      <ShapeMismatch type={artifact.type} shownAs={isText ? "text" : typeof data === "number" ? "a number" : "JSON"} />
      {data === "" ? (
        <NoContent />
      ) : isText ? (
        <TextView text={data} label="Text" bare />
      ) : typeof data === "number" ? (
        <NumberViewer {...props} />
      ) : (
        <StructureView artifact={artifact} text={text} />
      )}
    </div>
  );
}
