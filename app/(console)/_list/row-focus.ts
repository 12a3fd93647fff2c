import { type RefObject, useRef } from "react";

/** Marks a row, by what names it; the first link or field in it that says so takes the focus. */
export const ROW_ID = "data-row";
export const ROW_FOCUS = { "data-row-focus": "" };

/** Leads the focus from row to row of a list, and tells which row has it, or had it last. */
export function useRowFocus(list: RefObject<HTMLElement | null>) {
  const last = useRef(-1);
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>(`[${ROW_ID}]`) ?? [])];
  const nameOf = (row: HTMLElement | undefined) => row?.getAttribute(ROW_ID) ?? null;
  const focused = () => rows().findIndex((row) => row.contains(document.activeElement));
  const focus = (at: number) => {
    const row = rows()[at];
    const target = row?.querySelector<HTMLElement>("[data-row-focus]");
    if (!target) return null;
    last.current = at;
    target.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    return nameOf(row);
  };
  return {
    /** The row that has the focus, or null. */
    current: () => nameOf(rows()[focused()]),
    /** Goes one row on or back, from the row of that name where none has the focus; gives where it came to. */
    move: (by: 1 | -1, from: string | null = null) => {
      const all = rows();
      const here = focused();
      const start = here >= 0 ? here : from === null ? last.current : all.findIndex((row) => nameOf(row) === from);
      if (start < 0) return focus(by === 1 ? 0 : all.length - 1);
      return focus(Math.min(Math.max(start + by, 0), all.length - 1));
    },
    /** Before rows go: steps from the row with the focus, else from the one of that name, to the next that stays; gives it, or null. */
    leave: (names: string[], from: string | null = null) => {
      const all = rows();
      const stays = (row: HTMLElement) => !names.includes(nameOf(row) ?? "");
      const here = focused() >= 0 ? focused() : all.findIndex((row) => nameOf(row) === from);
      const row = all[here];
      if (!row || stays(row)) return null;
      const next = all.findIndex((each, at) => at > here && stays(each));
      return focus(next >= 0 ? next : all.findLastIndex(stays));
    },
  };
}
