import type { Page } from "#contract/paging";
import { ArtifactTable } from "../../_list/artifact-table";
import type { Sorting } from "../../_list/columns/column-head";
import type { Display } from "../../_list/columns/display";
import { Pager } from "../../_list/pager";
import { useWhyLine } from "../../_list/why/use-why-line";
import type { ListedRow } from "./row-actions";
import type { Group, View } from "./view";

/** A page of artifacts as they were: rows that cannot be selected, peeked at or changed. */
export function PastListing<Row extends ListedRow>({
  caption,
  view,
  find,
  page,
  display,
  sorting,
  group,
  hrefOf,
  pageHref,
}: {
  caption: string;
  view: View;
  /** The words of its query; empty for none. */
  find: string;
  page: Page<Row>;
  display: Display | null;
  sorting: Sorting;
  group: Group;
  hrefOf: (row: Row) => string;
  pageHref: (cursor: string) => string;
}) {
  const whyOf = useWhyLine(view, find);
  return (
    <div className="min-w-0">
      <ArtifactTable
        caption={caption}
        rows={page.items}
        hrefOf={hrefOf}
        sorting={sorting}
        group={group}
        display={display}
        isPast
        whyOf={whyOf}
      />
      <Pager page={page} hrefOf={pageHref} />
    </div>
  );
}
