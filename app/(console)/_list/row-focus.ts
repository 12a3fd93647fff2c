import { type RefObject, useEffect, useRef } from "react";
import { useShortcuts } from "#app/_ui/shortcut";

const ROW_ID = "data-row";
/** Marks the link or button of a row that takes the focus. */
export const ROW_FOCUS = { "data-row-focus": "" };

/** The keyboard focus in a list of rows: where it was last, it goes on from, until the list is of another `query`. */
export function useRowFocus(list: RefObject<HTMLElement | null>, query: string) {
  const lastIndex = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts at the first row.
  useEffect(() => {
    lastIndex.current = -1;
  }, [query]);
  const allRows = () => [...(list.current?.querySelectorAll<HTMLElement>(`[${ROW_ID}]`) ?? [])];
  const idOf = (row: HTMLElement | undefined) => row?.getAttribute(ROW_ID) ?? null;
  const focusedIndex = () => allRows().findIndex((row) => row.contains(document.activeElement));
  const focus = (index: number) => {
    const row = allRows()[index];
    const target = row?.querySelector<HTMLElement>("[data-row-focus]");
    if (!target) return null;
    lastIndex.current = index;
    target.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    return idOf(row);
  };
  return {
    current: () => idOf(allRows()[focusedIndex()]),
    /** Moves the focus to the next or previous row, starting from row `from` where none has it. Returns the new row's id. */
    move: (by: 1 | -1, from: string | null = null) => {
      const rows = allRows();
      const focused = focusedIndex();
      const named = from === null ? -1 : rows.findIndex((row) => idOf(row) === from);
      const start = focused >= 0 ? focused : named >= 0 ? named : lastIndex.current;
      if (start < 0) return focus(by === 1 ? 0 : rows.length - 1);
      return focus(Math.min(Math.max(start + by, 0), rows.length - 1));
    },
    /**
     * Call before rows are deleted: moves the focus from a row among `ids` (the focused one, else `from`) to the next
     * that remains. Returns that row's id, or null where the focus did not move.
     */
    leave: (ids: string[], from: string | null = null) => {
      const rows = allRows();
      const remains = (row: HTMLElement) => !ids.includes(idOf(row) ?? "");
      const index = focusedIndex() >= 0 ? focusedIndex() : rows.findIndex((row) => idOf(row) === from);
      const row = rows[index];
      if (!row || remains(row)) return null;
      const next = rows.findIndex((each, at) => at > index && remains(each));
      return focus(next >= 0 ? next : rows.findLastIndex(remains));
    },
  };
}

/** `j` and `k` in a list whose rows have no other shortcuts. */
export function useRowKeys(list: RefObject<HTMLElement | null>, query: string): void {
  const focus = useRowFocus(list, query);
  useShortcuts(
    {
      j: { label: "Next row", run: () => focus.move(1), repeats: true },
      k: { label: "Previous row", run: () => focus.move(-1), repeats: true },
    },
    "List",
  );
}
