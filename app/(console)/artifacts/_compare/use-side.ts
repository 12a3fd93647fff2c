"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import type { FileContent } from "./file-content";
import { revisionQuery } from "./queries";

/** One side of a comparison: a version as it is (`revision` is null), or as it was before its n-th change. */
export interface Side extends Artifact {
  revision: number | null;
  /** For a file as a side: where its content is, instead of the data of a version. */
  content?: FileContent;
}

/** Whether a change can have this number. */
function isRevisionNumber(revision: number): boolean {
  return revision >= 1 && revision < 2 ** 31 - 1;
}

/** A side as it was; undefined while it loads, null where the revision does not exist or is no longer kept. */
export function useSide(artifact: Artifact | undefined, revision: number | null): Side | null | undefined {
  const isRevision = artifact !== undefined && revision !== null;
  const { data } = useQuery({
    ...revisionQuery(useApi(), artifact?.id ?? "", revision ?? 0),
    enabled: isRevision && isRevisionNumber(revision),
  });
  if (!artifact) return undefined;
  if (revision === null) return { ...artifact, revision };
  if (!isRevisionNumber(revision)) return null;
  if (!data) return undefined;
  const found = data[0];
  if (found?.revision !== revision) return null;
  const { description, metadata, size, rows, number } = found;
  // It no longer changes.
  return { ...artifact, description, metadata, size, rows, number, updated: "", revision };
}
