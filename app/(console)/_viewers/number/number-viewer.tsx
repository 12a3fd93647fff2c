"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { ViewerProps } from "../shared/viewer-props";
import { NumberFigure } from "./number-figure";
import { previousVersionQuery } from "./previous-version";

/** The number of a version with its change since the version before, where that has a number too. */
export function NumberViewer({ artifact, data: number, text }: ViewerProps) {
  const enabled = artifact.version !== null && artifact.version > 1;
  const { data } = useQuery({ ...previousVersionQuery(useApi(), artifact), enabled });
  const previous = enabled ? data?.[0] : undefined;
  const before =
    previous?.number != null && previous.version !== null
      ? { value: previous.number, version: previous.version }
      : undefined;
  return (
    <div className="py-2">
      <NumberFigure value={Number(number)} text={text} before={before} />
    </div>
  );
}
