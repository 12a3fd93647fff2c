"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useContext, useMemo, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import type { Artifact } from "#contract/artifact";
import { formatCount } from "#formats/number";
import type { Table } from "#formats/table";
import { rowJson } from "./export-rows";
import { TableScope } from "./query/table-scope";
import { BY_NUMBER, type RowLink, rowHref } from "./row/row-link";
import { linkTo, rowMeant, useRowKey, useRowTarget } from "./row/use-row-target";
import type { TableProps, TableTools } from "./table-props";

const RowMenu = dynamic(() => loadCode(() => import("./row-menu")).then((module) => module.RowMenu));
const RowHistory = dynamic(() => loadCode(() => import("./history/row-history")).then((module) => module.RowHistory));

interface OpenMenu {
  row: number;
  column: number | null;
  anchor: Element;
}

/** What can be done with single rows of a table: mark the one in the URL, go to one, and the menu of each. */
export function useRows({
  artifact,
  table,
  tools,
  order,
  busy,
  onShowAll,
}: {
  artifact: Artifact;
  table: Table;
  tools: TableTools;
  order: Uint32Array;
  /** Whether `order` is about to change. */
  busy: boolean;
  /** Removes what hides rows. */
  onShowAll: () => void;
}): Pick<TableProps, "target" | "onMenu"> & {
  goTo: (text: string) => Promise<boolean>;
  /** Why the row in the URL is not in sight. */
  notice: ReactNode;
  /** The open menu and history. */
  opened: ReactNode;
} {
  const scope = useContext(TableScope);
  const [found, setLink] = useRowTarget(table, tools);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [history, setHistory] = useState<RowLink | null>(null);
  const key = useRowKey(tools, menu !== null);
  const target = useMemo(() => (found?.row == null ? null : { row: found.row, column: found.column }), [found]);
  const closeMenu = () => {
    // The anchor is a button, or a cell of a grid that has the focus.
    const anchor = menu?.anchor;
    const focused =
      anchor instanceof HTMLButtonElement && anchor.tabIndex >= 0 ? anchor : anchor?.closest("[role=grid]");
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    setMenu(null);
  };
  const withLink = (run: (link: RowLink) => void, column: number | null = null) => {
    const row = menu?.row ?? 0;
    if (key) run(linkTo(table, key, row, column));
    else tools.rowKey().then((later) => run(linkTo(table, later, row, column)));
  };
  const copyLink = (link: RowLink) => {
    setLink(link);
    copy(rowHref(link, location.href, scope), "Copied link");
  };
  return {
    target,
    onMenu: (row, column, anchor) => setMenu({ row, column, anchor }),
    async goTo(text) {
      const known = await tools.rowKey();
      const row = rowMeant(table, known, text);
      if (row < 0) return false;
      setLink(linkTo(table, known, row, null));
      return true;
    },
    notice: found && !busy && (
      <RowNotice
        link={found.link}
        isMissing={found.row === null}
        isHidden={found.row !== null && !order.includes(found.row)}
        onShowAll={onShowAll}
        onDismiss={() => setLink(null)}
      />
    ),
    opened: (
      <>
        {menu && (
          <RowMenu
            anchor={menu.anchor}
            column={menu.column === null ? null : (table.columns[menu.column] ?? null)}
            onCopyLink={(cell) => withLink(copyLink, cell ? menu.column : null)}
            onCopyJson={() => copy(rowJson(table, menu.row), "Copied row")}
            onHistory={artifact.key === null ? null : () => withLink(setHistory)}
            onClose={closeMenu}
          />
        )}
        {history && artifact.key !== null && (
          <RowHistory
            key={JSON.stringify(history)}
            artifactKey={artifact.key}
            open={artifact.version}
            link={history}
            title={titleOf(history)}
            onClose={() => setHistory(null)}
          />
        )}
      </>
    ),
  };
}

function RowNotice({
  link,
  isMissing,
  isHidden,
  onShowAll,
  onDismiss,
}: {
  link: RowLink;
  isMissing: boolean;
  isHidden: boolean;
  onShowAll: () => void;
  onDismiss: () => void;
}) {
  if (!isMissing && !isHidden) return null;
  return (
    <div className="mb-3">
      <Notice>
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words">
            {isMissing ? `This version has no ${titleOf(link)}.` : `A search or filter hides ${titleOf(link)}.`}
          </span>
          {isHidden && <Button onClick={onShowAll}>Show all rows</Button>}
          <Button look="quiet" onClick={onDismiss}>
            Dismiss
          </Button>
        </span>
      </Notice>
    </div>
  );
}

/** `row Oslo (city)`, or `row 12` by its number. */
function titleOf({ names, by }: RowLink): string {
  const name = names.join(", ");
  if (by[0] === BY_NUMBER) return `row ${formatCount(Number(name))}`;
  return by.length === 0 ? `row ${name}` : `row ${name} (${by.join(", ")})`;
}

function copy(text: string, done: string) {
  const failed = () => toast("Couldn't copy to the clipboard", { tone: "danger" });
  // Browsers offer the clipboard on HTTPS and localhost only.
  if (!navigator.clipboard) return failed();
  navigator.clipboard.writeText(text).then(() => toast(done), failed);
}
