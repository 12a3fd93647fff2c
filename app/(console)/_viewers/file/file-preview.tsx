"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { formatBytes } from "#formats/number";
import { NotPrinted } from "../shared/data-status";
import { Gallery } from "./gallery";
import { chooseFileViewer, HexFile } from "./registry";
import type { FileViewerProps } from "./viewer-props";

/** A file by the viewer that is for it; a large one on request, with the steps to the others of its folder if it is an image. */
export function FilePreview(props: FileViewerProps) {
  const { artifact, file } = props;
  const [requested, setRequested] = useState(false);
  const { viewer, notice } = chooseFileViewer(artifact, file);
  const inFolder = (content: ReactNode) =>
    viewer?.name === "image" ? <Gallery {...props}>{content}</Gallery> : content;
  if (file.size === 0) return inFolder(<p className="py-6 text-center text-faint">This file is empty.</p>);
  if (!viewer) return <HexFile {...props} problem="There is no preview of this file. Download it to open it." />;
  const { maxSize = Number.POSITIVE_INFINITY } = viewer;
  if (file.size > maxSize) {
    const problem = `A file of this type is shown up to ${formatBytes(maxSize)}. Download it to open it.`;
    return <HexFile {...props} problem={problem} />;
  }
  if (file.size > viewer.maxAutomatic && !requested) {
    return inFolder(
      <p className="py-6 text-center">
        <Button onClick={() => setRequested(true)}>Show the file ({formatBytes(file.size)})</Button>
        <NotPrinted>This file of {formatBytes(file.size)} was not shown when the page was printed.</NotPrinted>
      </p>,
    );
  }
  return (
    <div className="space-y-3">
      {notice !== null && <Notice>{notice}</Notice>}
      <viewer.Component {...props} />
    </div>
  );
}
