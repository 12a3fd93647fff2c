"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, useMemo } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { ServerInfo } from "#app/_data/server";
import type { ArtifactCollection } from "#contract/collection";
import type { Json } from "#contract/json";
import { folderOf } from "#contract/list-filter/list-query";
import type { Page } from "#contract/paging";
import type { Where } from "#contract/where";
import { artifactHref, findHref, keyHref, pastHref } from "../../_list/artifact-url";
import type { Display } from "../../_list/columns/display";
import { useLateBoundary } from "../../_shell/late-boundary";
import { useListRefetchInterval } from "../_artifact/refetch-interval";
import { useUnread } from "../_unread/unread";
import { Listing } from "./listing";
import { PastListing } from "./past-listing";
import { foldersQuery, latestQuery, pinnedQuery, versionsQuery } from "./queries";
import { groupOf, hrefOf, type Layout, sortingOf, type View } from "./view";

// No Suspense boundary: without JavaScript its content would stay hidden.
const FolderList = lazy(() =>
  loadCode(() => import("./folders/folder-list")).then((module) => ({ default: module.FolderList })),
);
// Most visits find rows.
const NoRows = lazy(() => loadCode(() => import("./no-rows")).then((module) => ({ default: module.NoRows })));

interface Props {
  view: View;
  /** The filter of the view when it was rendered. */
  where: Where | undefined;
  /** That filter without the folder, for the folders in it. */
  folderWhere?: Where | undefined;
  /** The words of its query; empty for none. */
  find: string;
  layout: Layout;
  display: Display | null;
  renderedAt: number;
  server: ServerInfo;
}

/** What both lists have in common. */
function useListOptions() {
  return { refetchInterval: useListRefetchInterval(), placeholderData: keepPreviousData };
}

function listingProps({ view, find, layout, display, renderedAt, server }: Props) {
  return {
    query: hrefOf({ ...view, show: null }),
    view,
    find,
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
  const { view, where, folderWhere, find, server } = props;
  const options = useListOptions();
  const latest = useQuery({ ...latestQuery(useApi(), view, where), ...options });
  const pinned = useQuery({ ...pinnedQuery(useApi(), view, where), ...options });
  const listed = useMemo(() => withPinned(latest.data, pinned.data), [latest.data, pinned.data]);
  const data = useWithUnread(listed, view.asOf !== "");
  const Boundary = useLateBoundary(data?.items.length === 0);
  const folder = folderOf(view);
  const folders = useQuery({
    ...foldersQuery(useApi(), folder ?? "", folderWhere, view),
    placeholderData: keepPreviousData,
    enabled: folder !== null,
  });
  if (!data) return null;
  if (data.items.length === 0 && folder === null) {
    return (
      <Boundary>
        <NoRows view={view} server={server} />
      </Boundary>
    );
  }
  const caption = "Latest version of each artifact";
  const list =
    data.items.length > 0 && view.asOf !== "" ? (
      <PastListing
        caption={caption}
        {...listingProps(props)}
        page={data}
        hrefOf={(row) => findHref(pastHref(row, view.asOf), find)}
      />
    ) : (
      data.items.length > 0 && (
        <Listing
          caption={caption}
          {...listingProps(props)}
          page={data}
          updatedAt={Math.min(latest.dataUpdatedAt, pinned.dataUpdatedAt)}
          identityOf={({ key }) => key}
          hrefOf={({ key }) => findHref(keyHref(key), find)}
        />
      )
    );
  if (folder === null) return list;
  return (
    <div>
      <FolderList
        folder={folder}
        folders={folders.data ?? []}
        folderHref={(to) => hrefOf({ ...view, folder: to, cursor: "" })}
      />
      {list || <p className="py-6 text-center text-faint text-sm">No artifacts directly in this folder</p>}
    </div>
  );
}

type Rows = Page<ArtifactCollection<Json> & { pinned?: boolean; unread?: boolean }>;

/** A page of the list, which begins with the pinned keys: it is not there without them. */
function withPinned(page: Rows | undefined, pinned: Rows | undefined): Rows | undefined {
  if (!page || page.previous !== null) return page;
  return pinned && { ...page, items: [...pinned.items.map((row) => ({ ...row, pinned: true })), ...page.items] };
}

/** Marks the rows of keys that the reader has not seen; none of the past. */
function useWithUnread(page: Rows | undefined, isPast: boolean): Rows | undefined {
  const isUnread = useUnread(isPast || !page ? [] : page.items.map(({ key }) => key));
  const unread = page?.items.filter(({ key }) => isUnread(key)).map(({ key }) => key);
  const names = unread?.join("\n") ?? "";
  return useMemo(() => {
    if (!page || names === "") return page;
    const marked = new Set(names.split("\n"));
    return { ...page, items: page.items.map((row) => (marked.has(row.key) ? { ...row, unread: true } : row)) };
  }, [page, names]);
}

/** A page of all versions, or of the artifacts without a key; each row links to its version. */
export function AllVersions(props: Props) {
  const { view, where, find, server } = props;
  const { data, dataUpdatedAt } = useQuery({ ...versionsQuery(useApi(), view, where), ...useListOptions() });
  const Boundary = useLateBoundary(data?.items.length === 0);
  if (!data) return null;
  if (data.items.length === 0) {
    return (
      <Boundary>
        <NoRows view={view} server={server} />
      </Boundary>
    );
  }
  const caption = view.keys === "none" ? "Artifacts without a key" : "All versions";
  if (view.asOf !== "") {
    return (
      <PastListing
        caption={caption}
        {...listingProps(props)}
        page={data}
        hrefOf={(row) => findHref(pastHref(row, view.asOf), find)}
      />
    );
  }
  return (
    <Listing
      caption={caption}
      {...listingProps(props)}
      page={data}
      updatedAt={dataUpdatedAt}
      identityOf={({ id }) => id}
      hrefOf={(row) => findHref(artifactHref(row), find)}
    />
  );
}
