"use client";

import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";
import type { ViewerProps } from "./shared/viewer-props";
import { TableOfText } from "./table-of-text";

const GenericViewer = dynamic(() => loadCode(() => import("./generic-viewer")).then((module) => module.GenericViewer));

export function TableViewer(props: ViewerProps) {
  return <TableOfText artifact={props.artifact} text={props.text} fallback={<GenericViewer {...props} />} />;
}
