import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Api, useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { useArtifactRefetchInterval } from "../../_artifact/refetch-interval";
import { newerQuery, numberedQuery, sameDataQuery, versionsQuery } from "./queries";
import { PAGE_SIZE, pageStart } from "./view";

/** In milliseconds. */
const PREFETCHED = 60_000;

export interface VersionPage {
  /** At most PAGE_SIZE versions, newest first. */
  rows: Artifact[];
  /** The version before each, where there is one. */
  olderThan: (row: Artifact) => Artifact | undefined;
  /** Whether the page is still that of an earlier query. */
  isStale: boolean;
}

/** A page of the versions of a key, from a number down. The last page stays until the next one arrives. */
export function useVersionPage(key: string, from: number | null): VersionPage {
  const { data, isPlaceholderData } = useQuery({
    ...versionsQuery(useApi(), key, from),
    placeholderData: keepPreviousData,
  });
  // Versions with one timestamp come in the order of their ids.
  const found = (data ?? []).toSorted((a, b) => numberOf(b) - numberOf(a));
  return {
    rows: found.slice(0, PAGE_SIZE),
    olderThan: (row) => found[found.indexOf(row) + 1],
    isStale: data === undefined || isPlaceholderData,
  };
}

/** The number of the version before that has the same data as a version of a page. */
export function useSameAs(key: string, from: number | null): (row: Artifact) => number | undefined {
  const { data } = useQuery(sameDataQuery(useApi(), key, from));
  return (row) => data?.find(({ version }) => version === row.version)?.sameAs;
}

export interface OpenVersion {
  /** Undefined while it loads, and when there is no such version. */
  row: Artifact | undefined;
  /** With its data, except where that is large and fetched by its viewer. */
  detail: ArtifactDetail | undefined;
  error: unknown;
  older: Artifact | undefined;
  newer: Artifact | undefined;
}

/** A version of a key and its neighbours, whose data is fetched in advance. */
export function useOpenVersion(key: string, version: number, newest: number): OpenVersion {
  const api = useApi();
  const page = useVersionPage(key, pageStart(version, newest));
  const row = page.rows.find((each) => each.version === version);
  const isMissing = !page.isStale && !row;
  const { data, error } = useQuery({
    ...numberedQuery(api, key, Math.max(1, version)),
    enabled: version > 0 && (isMissing || isSmall(row)),
    refetchInterval: useArtifactRefetchInterval(),
  });
  const above = page.rows.findLast((each) => numberOf(each) > version);
  const { data: next } = useQuery({
    ...newerQuery(api, key, version),
    enabled: version < newest && !above && !page.isStale,
  });
  const older = row ? page.olderThan(row) : page.rows.find((each) => numberOf(each) < version);
  const newer = above ?? next?.[0];
  usePrefetched(api, key, [older, newer]);
  const isFound = version > 0 && !(error && toApiError(error).code === "NOT_FOUND");
  const read = isFound ? data : undefined;
  return {
    row: row ?? read,
    detail: read ?? (row && !isSmall(row) ? withoutData(row, version === newest) : undefined),
    error: version > 0 ? error : null,
    older,
    newer,
  };
}

function usePrefetched(api: Api, key: string, rows: (Artifact | undefined)[]): void {
  const client = useQueryClient();
  const versions = rows.filter(isSmall).map(numberOf).join();
  useEffect(() => {
    for (const version of versions.split(",").filter(Boolean)) {
      client.prefetchQuery({ ...numberedQuery(api, key, Number(version)), staleTime: PREFETCHED });
    }
  }, [client, api, key, versions]);
}

function isSmall(row: Artifact | undefined): row is Artifact {
  return row !== undefined && row.size <= MAX_EMBEDDED_DATA;
}

function numberOf({ version }: Artifact): number {
  return version ?? 0;
}

function withoutData(row: Artifact, isLatest: boolean): ArtifactDetail {
  return { ...row, data: null, isLatest, older: null, newer: null };
}
