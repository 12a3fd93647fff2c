"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { Notice } from "#app/_ui/notice";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { artifactRefetchInterval } from "../../_artifact/refetch-interval";
import { latestQuery, numberedQuery } from "./queries";
import { VersionPanel } from "./version-panel";

/** The latest version of a key. It is not refetched when its data is large. */
export function LatestPanel({ artifactKey, size }: { artifactKey: string; size: number }) {
  const { data } = useQuery({
    ...latestQuery(useApi(), artifactKey),
    enabled: size <= MAX_EMBEDDED_DATA,
    refetchInterval: (query) => artifactRefetchInterval(query.state.data),
  });
  return data ? <VersionPanel key={data.id} artifact={data} /> : null;
}

export function NumberedPanel({ artifactKey, version }: { artifactKey: string; version: number }) {
  const { data, error } = useQuery({
    ...numberedQuery(useApi(), artifactKey, version),
    refetchInterval: false,
    staleTime: 60_000,
  });
  if (data) return <VersionPanel key={data.id} artifact={data} />;
  if (!error) return <p className="py-14 text-center text-faint">Loading v{version}…</p>;
  const { removedAt, message } = toApiError(error);
  return (
    <div>
      <Notice tone="warn">{removedAt ? `v${version} is in the trash.` : message}</Notice>
    </div>
  );
}
