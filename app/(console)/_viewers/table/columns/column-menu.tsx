"use client";

import {
  ArrowDown,
  ArrowUp,
  Braces,
  Calendar,
  ChevronDown,
  Hash,
  Link2,
  type LucideIcon,
  MoveHorizontal,
  RotateCcw,
  Shuffle,
  ToggleLeft,
  Type,
  WrapText,
} from "lucide-react";
import type { KeyboardEvent } from "react";
import { lazyPart } from "#app/_ui/popup/lazy-part";
import { usePopup } from "#app/_ui/popup/use-popup";
import { toastLoadError } from "#app/_ui/toast";
import type { Column, ColumnType } from "#formats/column";
import type { Sort } from "../query/row-query";
import { fittingWidth } from "./column-layout";

const POPUP = lazyPart(() => import("#app/_ui/popup/menu-popup").then(({ MenuPopup }) => MenuPopup));

const ICONS: Record<ColumnType, LucideIcon> = {
  number: Hash,
  date: Calendar,
  boolean: ToggleLeft,
  link: Link2,
  text: Type,
  json: Braces,
  mixed: Shuffle,
  empty: Type,
};

const ICON = "size-3.5";

/** The icon of a column's type as the button of its menu: sort, wrap and width. */
export function ColumnMenu({
  column,
  at,
  sort,
  onSort,
  isWrapped,
  onWrap,
  widthOf,
  onResize,
}: {
  column: Column;
  at: number;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  isWrapped: (column: number) => boolean;
  onWrap: (column: number, wrapped: boolean) => void;
  widthOf: (column: number) => number | null;
  onResize: (column: number, width: number | null) => void;
}) {
  const { opened, open, handleClose, buttonProps, button, id, component: Popup } = usePopup(POPUP, toastLoadError);
  const TypeIcon = ICONS[column.type];
  const name = column.name || "(no name)";
  const label = `Column menu: ${name}`;
  const wrapped = isWrapped(at);
  const isSorted = sort?.column === at;
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? "first" : "last");
  };
  const items = [
    {
      label: "Sort ascending",
      icon: <ArrowUp aria-hidden className={ICON} />,
      checked: isSorted && !sort.descending,
      run: () => onSort(isSorted && !sort.descending ? null : { column: at, descending: false }),
    },
    {
      label: "Sort descending",
      icon: <ArrowDown aria-hidden className={ICON} />,
      checked: isSorted && sort.descending,
      run: () => onSort(isSorted && sort.descending ? null : { column: at, descending: true }),
    },
    {
      label: "Wrap text",
      icon: <WrapText aria-hidden className={ICON} />,
      checked: wrapped,
      run: () => onWrap(at, !wrapped),
    },
    {
      label: "Fit to values",
      icon: <MoveHorizontal aria-hidden className={ICON} />,
      run: () => onResize(at, fittingWidth(column)),
    },
    ...(widthOf(at) === null
      ? []
      : [{ label: "Reset width", icon: <RotateCcw aria-hidden className={ICON} />, run: () => onResize(at, null) }]),
  ];
  return (
    <>
      <button
        type="button"
        {...buttonProps}
        aria-haspopup="menu"
        aria-label={label}
        title={`${column.type === "mixed" ? "mixed values" : column.type}: open the menu of the column`}
        onKeyDown={handleKeyDown}
        className="group/menu ml-1.5 inline-flex size-6 shrink-0 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink"
      >
        <TypeIcon aria-hidden className="size-3 group-hover/menu:hidden group-aria-expanded/menu:hidden" />
        <ChevronDown aria-hidden className="hidden size-3.5 group-hover/menu:block group-aria-expanded/menu:block" />
      </button>
      {opened && Popup && (
        <Popup
          id={id}
          label={label}
          items={items}
          anchor={button}
          align="start"
          focus={opened.focus}
          onClose={handleClose}
        />
      )}
    </>
  );
}
