"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import type { ServerInfo } from "#app/_data/server";
import { artifactHref, keyHref } from "../../_list/artifact-url";
import type { Display } from "../../_list/columns/display";
import { listRefetchInterval } from "../_artifact/refetch-interval";
import { Listing } from "./listing";
import { NoRows } from "./no-rows";
import { latestQuery, versionsQuery } from "./queries";
import { groupOf, hrefOf, type Layout, sortingOf, type View } from "./view";

interface Props {
  view: View;
  layout: Layout;
  display: Display | null;
  renderedAt: number;
  server: ServerInfo;
}

const OPTIONS = { refetchInterval: listRefetchInterval, placeholderData: keepPreviousData };

function listingProps({ view, layout, display, renderedAt, server }: Props) {
  return {
    query: hrefOf({ ...view, show: null }),
    view,
    sorting: sortingOf(view),
    group: groupOf(view) ?? "none",
    pageHref: (cursor: string) => hrefOf({ ...view, cursor }),
    layout,
    display,
    renderedAt,
    trashDays: server.trashDays,
  };
}

export function LatestVersions(props: Props) {
  const { view, server } = props;
  const { data, dataUpdatedAt } = useQuery({ ...latestQuery(useApi(), view), ...OPTIONS });
  if (!data) return null;
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  return (
    <Listing
      caption="Latest version of each artifact"
      {...listingProps(props)}
      page={data}
      updatedAt={dataUpdatedAt}
      identityOf={({ key }) => key}
      hrefOf={({ key }) => keyHref(key)}
    />
  );
}

/** A page of all versions, or of the artifacts without a key; each row links to its version. */
export function AllVersions(props: Props) {
  const { view, server } = props;
  const { data, dataUpdatedAt } = useQuery({ ...versionsQuery(useApi(), view), ...OPTIONS });
  if (!data) return null;
  if (data.items.length === 0) return <NoRows view={view} server={server} />;
  return (
    <Listing
      caption={view.keys === "none" ? "Artifacts without a key" : "All versions"}
      {...listingProps(props)}
      page={data}
      updatedAt={dataUpdatedAt}
      identityOf={({ id }) => id}
      hrefOf={(row) => artifactHref(row)}
    />
  );
}
