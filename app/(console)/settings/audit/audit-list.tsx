"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import type { EventWhere } from "#contract/event";
import { NewRowsButton } from "../../_list/live/new-rows-button";
import { Pager } from "../../_list/pager";
import { useRowKeys } from "../../_list/row-focus";
import { NoRows } from "../settings-table";
import { COLUMNS, EventRow } from "./event-row";
import { type AuditView, auditHref, eventsQuery, isFiltered } from "./view";

const HEAD = "text-left font-normal";

/** A page of events; `where` is the filter of the view when it was rendered. New ones wait until the reader wants them. */
export function AuditList({ view, where }: { view: AuditView; where: EventWhere }) {
  const { data } = useSuspenseQuery(eventsQuery(useApi(), view, where));
  const [shown, setShown] = useState(data);
  const list = useRef<HTMLTableElement>(null);
  useRowKeys(list, auditHref(view));
  const page = shown.items.length === 0 || view.cursor !== "" ? data : shown;
  const displayed = data.items.findIndex(({ id }) => id === page.items[0]?.id);
  const newCount = displayed < 0 ? data.items.length : displayed;
  if (page.items.length === 0) return <NoEvents view={view} />;
  return (
    <>
      <NewRowsButton newCount={newCount} onShow={() => setShown(data)} />
      <div className="overflow-hidden rounded-lg border bg-surface">
        {/* Rows are grids of their own: what a row shows below itself is as wide as it, whatever columns a phone has. */}
        <table ref={list} className="block text-sm">
          <caption className="sr-only">Events</caption>
          <thead className="block border-b max-md:sr-only">
            <tr className={`${COLUMNS} h-8 text-faint text-xs`}>
              <td />
              <th scope="col" className={HEAD}>
                Action
              </th>
              <th scope="col" className={`${HEAD} max-md:hidden`}>
                Actor
              </th>
              <th scope="col" className={`${HEAD} max-lg:hidden`}>
                Reason
              </th>
              <th scope="col" className={`${HEAD} text-right max-md:hidden`}>
                Time
              </th>
            </tr>
          </thead>
          {page.items.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </table>
      </div>
      <Pager page={page} hrefOf={(cursor) => auditHref({ ...view, cursor })} />
    </>
  );
}

function NoEvents({ view }: { view: AuditView }) {
  if (view.cursor !== "") {
    return (
      <NoRows title="Nothing on this page any more">
        <Link href={auditHref({ ...view, cursor: "" })} className={buttonClass("plain", "mt-2")}>
          Back to first page
        </Link>
      </NoRows>
    );
  }
  if (!isFiltered(view))
    return <NoRows title="No events yet">Whatever is changed from now on is recorded here.</NoRows>;
  return (
    <NoRows title="No matching events">
      <Link href={auditHref()} className={buttonClass("plain", "mt-2")}>
        Clear the filter
      </Link>
    </NoRows>
  );
}
