"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { Reached } from "#app/_data/reached";
import { ArtifactTable } from "../artifact-table";
import { Pager } from "../pager";
import { reaskRows } from "./live";
import { NoRows } from "./no-rows";
import { latestQuery } from "./queries";
import { hrefOf, type View } from "./view";

/** The latest version of each key, a page of them; each leads to the history of its key. */
export function LatestKeys({ view, server }: { view: View; server: Reached }) {
  const { data } = useSuspenseQuery({ ...latestQuery(useApi(), view), refetchInterval: reaskRows });
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  return (
    <>
      <ArtifactTable
        caption="The latest version of each key"
        rows={data.items}
        hrefOf={(row) => `/artifacts/key/${row.key}`}
      />
      <Pager page={data} hrefOf={(cursor) => hrefOf({ ...view, cursor })} />
    </>
  );
}
