"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";

/** One side of a comparison: a version as it is (`revision` is null), or as it was before its n-th change. */
export interface Side extends Artifact {
  revision: number | null;
}

/** A side as it was; undefined while it loads, null where the revision does not exist or is no longer kept. */
export function useSide(artifact: Artifact | undefined, revision: number | null): Side | null | undefined {
  const isRevision = artifact !== undefined && revision !== null;
  const { data } = useQuery(
    useApi().artifact.revisions.queryOptions(
      isRevision && revision >= 1 ? { id: artifact.id, before: revision + 1, limit: 1 } : skipToken,
    ),
  );
  if (!artifact) return undefined;
  if (revision === null) return { ...artifact, revision };
  if (revision < 1) return null;
  if (!data) return undefined;
  const found = data[0];
  if (found?.revision !== revision) return null;
  const { description, metadata, size, rows, number } = found;
  // It no longer changes.
  return { ...artifact, description, metadata, size, rows, number, updated: "", revision };
}
