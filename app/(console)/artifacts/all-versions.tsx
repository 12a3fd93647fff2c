"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Reached } from "#app/_data/reached";
import { ArtifactTable } from "../artifact-table";
import { Pager } from "../pager";
import { reaskRows } from "./live";
import { NoRows } from "./no-rows";
import { versionsQuery } from "./queries";
import { hrefOf, type View } from "./view";

/** Every version, or every artifact without a key, a page of them; each leads to itself. */
export function AllVersions({ view, server }: { view: View; server: Reached }) {
  const { data } = useSuspenseQuery({ ...versionsQuery(useApi(), view), refetchInterval: reaskRows });
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  const caption = view.keys === "none" ? "Artifacts without a key" : "Every version";
  return (
    <>
      <ArtifactTable caption={caption} rows={data.items} hrefOf={(row) => `/artifacts/artifact/${row.id}`} />
      <Pager page={data} hrefOf={(cursor) => hrefOf({ ...view, cursor })} />
    </>
  );
}
