"use client";

import { useQuery } from "@tanstack/react-query";
import { FolderTree } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { conditionsOf, folderOf } from "#contract/list-filter/list-query";
import type { Where } from "#contract/where";
import { formatCount, pluralize } from "#formats/number";
import { Segments } from "../../_shell/tabs";
import { MOST_COUNTED, unreadQuery } from "../_unread/queries";
import { COUNT_LIMIT, countQuery, latestQuery, versionsQuery } from "./queries";
import { hrefOf, scopeOf, type View } from "./view";

/** The title of the list with its count, and its scopes; `menu` is beside them, `where` the filter when it was rendered. */
export function ListHeader({ view, where, menu }: { view: View; where: Where | undefined; menu: ReactNode }) {
  const { data: total, refetch } = useQuery(countQuery(useApi(), view, where));
  const unsearched = useUnsearched(view, where);
  const counted = useRef(unsearched);
  useEffect(() => {
    if (unsearched === counted.current) return;
    counted.current = unsearched;
    void refetch();
  }, [unsearched, refetch]);
  const scope = scopeOf(view);
  const noun = scope === "all" ? "version" : "artifact";
  const latest: View = { ...view, versions: "latest", keys: "any", cursor: "" };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <h1 className="font-semibold text-xl tracking-tight">Artifacts</h1>
      {total !== undefined && !isEmpty(view, total) && (
        <span className="text-faint text-sm tabular-nums">
          {total > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ ${noun}s` : pluralize(total, noun)}
        </span>
      )}
      {unsearched > 0 && <Unsearched count={unsearched} isPast={view.asOf !== ""} />}
      {scope === "latest" && view.asOf === "" && <UnreadLink />}
      <div className="flex w-full items-center gap-2 sm:ml-auto sm:w-auto">
        <Segments
          label="Scope"
          tabs={[
            { name: "Latest", href: hrefOf(latest), current: scope === "latest" },
            { name: "All versions", href: hrefOf({ ...latest, versions: "all" }), current: scope === "all" },
            { name: "No key", href: hrefOf({ ...latest, keys: "none", key: "" }), current: scope === "keyless" },
          ]}
        />
        {scope === "latest" && !isEmpty(view, total) && (
          <Link
            href={hrefOf({ ...view, folder: folderOf(view) === null ? "" : null, cursor: "" })}
            prefetch={false}
            aria-current={folderOf(view) === null ? undefined : "true"}
            title={folderOf(view) === null ? "Group by folder" : "Show all keys in one list"}
            className={buttonClass("plain", folderOf(view) === null ? "" : "border-accent! text-accent!")}
          >
            <FolderTree aria-hidden className="size-4" />
            Folders
          </Link>
        )}
        {!isEmpty(view, total) && menu}
      </div>
    </div>
  );
}

/** How many versions the words of the query are not looked for in, as the page of the list says. */
function useUnsearched(view: View, where: Where | undefined): number {
  const api = useApi();
  // The list itself loads them.
  const latest = useQuery({ ...latestQuery(api, view, where), enabled: false });
  const versions = useQuery({ ...versionsQuery(api, view, where), enabled: false });
  return (scopeOf(view) === "latest" ? latest.data : versions.data)?.pending ?? 0;
}

function Unsearched({ count, isPast }: { count: number; isPast: boolean }) {
  const many = count >= COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ versions` : pluralize(count, "version");
  return (
    <span role="status" className="text-soft text-sm tabular-nums">
      {many} {isPast ? "not searched as they were then" : "not searched yet"}
    </span>
  );
}

/** How many artifacts changed since the reader last looked, with a link to what changed in them. */
function UnreadLink() {
  const count = useQuery(unreadQuery(useApi())).data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Link
      href="/artifacts/unread"
      prefetch={false}
      title="Changed since you last looked"
      className="inline-flex min-h-6 items-center gap-1.5 text-sm text-soft tabular-nums hover:text-ink"
    >
      <span aria-hidden className="size-2 rounded-full bg-accent" />
      {count > MOST_COUNTED ? `${MOST_COUNTED}+` : count} unread
    </Link>
  );
}

/** What narrows or orders a list: nothing while there is nothing to narrow. `isInvalid`: its query finds nothing. */
export function ListTools({
  view,
  where,
  isInvalid,
  children,
}: {
  view: View;
  where: Where | undefined;
  isInvalid: boolean;
  children: ReactNode;
}) {
  const { data: total } = useQuery({ ...countQuery(useApi(), view, where), enabled: !isInvalid });
  return isEmpty(view, total) ? null : children;
}

/** Whether nothing has been published yet. */
function isEmpty(view: View, total: number | undefined): boolean {
  return (
    total === 0 &&
    view.asOf === "" &&
    view.keys !== "none" &&
    folderOf(view) === null &&
    view.q === "" &&
    conditionsOf(view).length === 0
  );
}
