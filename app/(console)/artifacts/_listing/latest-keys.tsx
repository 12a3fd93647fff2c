"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { ServerInfo } from "#app/_data/server";
import { Pager } from "../../_list/pager";
import { listRefetchInterval } from "../_artifact/refetch-interval";
import { Listing } from "./listing";
import { NoRows } from "./no-rows";
import { latestQuery } from "./queries";
import { hrefOf, type ShownAs, type View } from "./view";

/** The latest version of each key, a page of them; each leads to the history of its key. */
export function LatestKeys({
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
  const { data, dataUpdatedAt } = useQuery({ ...latestQuery(useApi(), view), ...answer });
  if (!data) return null;
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  return (
    <>
      <Listing
        caption="The latest version of each key"
        page={data}
        updatedAt={dataUpdatedAt}
        asked={asked}
        as={as}
        nameOf={({ key }) => key}
        hrefOf={({ key }) => `/artifacts/key/${key}`}
      />
      <Pager page={data} hrefOf={(cursor) => hrefOf({ ...view, cursor })} />
    </>
  );
}
