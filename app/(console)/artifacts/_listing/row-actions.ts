import { useRouter } from "next/navigation";
import { parseAsString, useQueryStates } from "nuqs";
import { type RefObject, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useRole } from "#app/_data/role";
import type { Why } from "#app/_ui/confirm";
import { useShortcuts } from "#app/_ui/shortcut";
import { artifactHref, type TabName } from "../../_list/artifact-url";
import { useRowFocus } from "../../_list/row-focus";
import { type Selection, useSelection } from "../../_list/selection/selection";
import type { DescribedRow } from "../../_list/tags-of";
import { copyLink } from "../../_shell/copy-link";
import { FIND_PARSERS } from "../../_viewers/find/find-context";
import { fileParsers } from "../../_viewers/folder/file-params";
import { allTableParsers, NO_TABLE_PARAMS } from "../../_viewers/table/query/table-params";
import { useTogglePins } from "../_pins/pins";
import { useDeleteKeys, useDeleteVersions } from "./delete-mutations";

/**
 * What can be done with rows: select, peek at one (its id is in the URL), step through them, delete. Registers the
 * keyboard shortcuts, which act on the focused row, else on the peeked one. A peek opens with the words to `find` in it.
 */
export function useRowActions<Row extends ListedRow>(
  list: RefObject<HTMLElement | null>,
  query: string,
  rows: Row[],
  hrefOf: (row: Row) => string,
  find: string,
) {
  const focus = useRowFocus(list, query);
  const selection = useSelection(rows.map(({ id }) => id));
  const [{ peek: peeked }, setParams] = useQueryStates({
    peek: parseAsString,
    ...{ ...FIND_PARSERS, ...allTableParsers, ...fileParsers },
  });
  const setPeeked = (id: string | null) => {
    const opens = peeked === null;
    // A find bar that was closed stays closed at other rows.
    const found = id === null ? { find: null } : opens ? { find: find || null } : {};
    // Opening adds to the browser's history, so that Back closes what covers the list on a phone.
    return setParams({ peek: id, file: null, ...found, ...NO_TABLE_PARAMS }, { history: opens ? "push" : "replace" });
  };
  const [confirmed, setConfirmed] = useState<DeletedKey[] | null>(null);
  const deselect = () => selection.setAll(false);
  const removeVersions = useDeleteVersions(deselect);
  const removeKeys = useDeleteKeys(deselect);

  const leave = (ids: string[]) => {
    const next = focus.leave(ids, peeked ?? ids[0]);
    if (peeked !== null && ids.includes(peeked)) setPeeked(next);
  };
  const deleteVersions = (ids: string[], why: Why = {}) => {
    leave(ids);
    removeVersions.mutate({ ids, ...why });
  };
  /** Deletes rows; those that stand for all versions of a key once that is confirmed. */
  const deleteRows = (ids: string[]) => {
    const keys = keysOf(rows, ids);
    if (keys.length > 0) setConfirmed(keys);
    else deleteVersions(ids);
  };
  const deleteConfirmed = (why: Why) => {
    const keys = confirmed ?? [];
    // The dialog returns the focus to the row in a microtask, and it then goes on to the next one.
    flushSync(() => setConfirmed(null));
    queueMicrotask(() => {
      leave(keys.map(({ id }) => id));
      removeKeys.mutate({ keys: keys.map(({ key }) => key), ...why });
    });
  };
  const step = (by: 1 | -1) => {
    const id = focus.move(by, peeked);
    if (peeked !== null && id !== null) setPeeked(id);
  };
  useRowShortcuts({ rows, hrefOf, focus, selection, peeked, setPeeked, step, deleteRows });
  // A peek at a link to one may be at a row further down.
  useEffect(() => {
    const row = peeked && list.current?.querySelector(`[data-row="${CSS.escape(peeked)}"]`);
    if (row) row.scrollIntoView({ block: "nearest" });
  }, [list, peeked]);

  const confirmation = { keys: confirmed, onConfirm: deleteConfirmed, onClose: () => setConfirmed(null) };
  return { selection, peeked, setPeeked, step, deleteRows, deleteVersions, confirmation };
}

/** A row of a list; `versions` where it stands for all versions of its key. */
export type ListedRow = DescribedRow & { versions?: number };

/** A key to delete with all its versions, by the row that stands for it. */
export interface DeletedKey {
  id: string;
  key: string;
  versions: number;
}

/** The keys that rows stand for. */
export function keysOf(rows: ListedRow[], ids: string[]): DeletedKey[] {
  return rows.flatMap(({ id, key, versions }) =>
    key !== null && versions !== undefined && ids.includes(id) ? [{ id, key, versions }] : [],
  );
}

function useRowShortcuts<Row extends ListedRow>({
  rows,
  hrefOf,
  focus,
  selection,
  peeked,
  setPeeked,
  step,
  deleteRows,
}: {
  rows: Row[];
  hrefOf: (row: Row) => string;
  focus: ReturnType<typeof useRowFocus>;
  selection: Selection;
  peeked: string | null;
  setPeeked: (id: string | null) => void;
  step: (by: 1 | -1) => void;
  deleteRows: (ids: string[]) => void;
}) {
  const router = useRouter();
  const { mayWrite } = useRole();
  const pins = useTogglePins();
  const current = () => focus.current() ?? peeked;
  const hasCurrent = () => current() !== null;
  /** The keys that the selected rows stand for, else the current one. */
  const currentKeys = () => {
    const id = current();
    const ids = selection.ids.length > 0 || id === null ? selection.ids : [id];
    return keysOf(rows, ids).map(({ key }) => key);
  };
  // A version that is not in the list is opened by its id.
  const hrefOfId = (id: string, tab?: TabName) =>
    artifactHref(rows.find((row) => row.id === id) ?? { id, key: null, version: null }, tab);
  const withCurrent = (action: (id: string) => void) => () => {
    const id = current();
    if (id !== null) action(id);
  };
  useShortcuts(
    {
      j: { label: "Next row", run: () => step(1), repeats: true },
      k: { label: "Previous row", run: () => step(-1), repeats: true },
      Enter: {
        label: "Open",
        // A focused row is a link, which opens without help.
        when: () => peeked !== null && document.activeElement === document.body,
        run: () => {
          const row = rows.find(({ id }) => id === peeked);
          if (peeked !== null) router.push(row ? hrefOf(row) : hrefOfId(peeked));
        },
      },
      " ": {
        label: peeked === null ? "Peek" : "Close peek",
        when: () => focus.current() !== null && document.activeElement instanceof HTMLAnchorElement,
        run: () => setPeeked(focus.current() === peeked ? null : focus.current()),
      },
      x: { label: "Select", when: hasCurrent, run: withCurrent((id) => selection.toggle(id)) },
      "* a": { label: "Select all on this page", run: () => selection.setAll(true) },
      X: { label: "Extend selection", when: hasCurrent, run: withCurrent((id) => selection.toggle(id, true)) },
      p: {
        label: pins.labelOf(currentKeys()) ?? "Pin",
        when: () => pins.labelOf(currentKeys()) !== undefined,
        run: () => pins.toggle(currentKeys()),
      },
      e: mayWrite
        ? {
            label: "Edit",
            when: hasCurrent,
            run: withCurrent((id) => router.push(hrefOfId(id, "edit"))),
          }
        : undefined,
      d: {
        label: "Compare with previous version",
        when: hasCurrent,
        run: withCurrent((id) => router.push(`/artifacts/compare?to=${id}`)),
      },
      ".": {
        label: "Raw data",
        when: hasCurrent,
        run: withCurrent((id) => router.push(hrefOfId(id, "raw"))),
      },
      y: { label: "Copy link", when: hasCurrent, run: withCurrent((id) => copyLink(hrefOfId(id))) },
      "#": mayWrite
        ? {
            label: "Delete",
            when: () => selection.ids.length > 0 || hasCurrent(),
            run: () => {
              const id = current();
              deleteRows(selection.ids.length > 0 || id === null ? selection.ids : [id]);
            },
          }
        : undefined,
      Escape: {
        label: peeked === null ? "Clear selection" : "Close peek",
        when: () => peeked !== null || selection.ids.length > 0,
        run: () => (peeked === null ? selection.setAll(false) : setPeeked(null)),
      },
    },
    "List",
  );
}
