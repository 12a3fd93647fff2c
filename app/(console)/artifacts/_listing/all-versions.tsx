"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { ServerInfo } from "#app/_data/server";
import { Pager } from "../../_list/pager";
import { listRefetchInterval } from "../_artifact/refetch-interval";
import { Listing } from "./listing";
import { NoRows } from "./no-rows";
import { versionsQuery } from "./queries";
import { hrefOf, type ShownAs, type View } from "./view";

/** Every version, or every artifact without a key, a page of them; each leads to itself. */
export function AllVersions({
  view,
  as,
  asked,
  server,
}: {
  view: View;
  as: ShownAs;
  asked: number;
  server: ServerInfo;
}) {
  const answer = { refetchInterval: listRefetchInterval, placeholderData: keepPreviousData };
  const { data, dataUpdatedAt } = useQuery({ ...versionsQuery(useApi(), view), ...answer });
  if (!data) return null;
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  return (
    <>
      <Listing
        caption={view.keys === "none" ? "Artifacts without a key" : "Every version"}
        page={data}
        updatedAt={dataUpdatedAt}
        asked={asked}
        as={as}
        nameOf={({ id }) => id}
        hrefOf={({ id }) => `/artifacts/artifact/${id}`}
      />
      <Pager page={data} hrefOf={(cursor) => hrefOf({ ...view, cursor })} />
    </>
  );
}
