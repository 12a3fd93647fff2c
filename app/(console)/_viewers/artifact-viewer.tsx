"use client";

import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import { asPart, chooseViewer } from "./registry";
import type { ViewerProps } from "./shared/viewer-props";

const GenericViewer = dynamic(() => loadCode(() => import("./generic-viewer")).then((module) => module.GenericViewer));

/** Embedded data by the viewer that is for it; any other data as JSON or text, with a notice where it does not fit its type. */
export function ArtifactViewer(own: Omit<ViewerProps, "Part">) {
  const props = { ...own, Part: PartViewer };
  const { viewer, notice } = chooseViewer(props.artifact, props.data);
  const Component = viewer?.Component ?? GenericViewer;
  if (notice === null) return <Component {...props} />;
  return (
    <div className="space-y-3">
      <Notice>{notice}</Notice>
      <Component {...props} />
    </div>
  );
}

/** A part of data by the viewer that is for it. */
export function PartViewer({ artifact, ...rest }: Omit<ViewerProps, "Part">) {
  return <ArtifactViewer artifact={asPart(artifact, rest.data)} {...rest} />;
}
