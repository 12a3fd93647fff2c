import { useRouter } from "next/navigation";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import type { useRowFocus } from "../../_list/row-focus";
import type { Selection } from "../../_list/selection";
import { copyLink } from "../_artifact/copy-link";

/** What the keys do on a list: they act on the row that has the focus, else on the one that is open beside it. */
export function useListShortcuts<Row extends Artifact>({
  rows,
  hrefOf,
  focus,
  selection,
  peeked,
  setPeeked,
  step,
  removeRows,
}: {
  rows: Row[];
  hrefOf: (row: Row) => string;
  focus: ReturnType<typeof useRowFocus>;
  selection: Selection;
  peeked: string | null;
  setPeeked: (id: string | null) => void;
  step: (by: 1 | -1) => void;
  removeRows: (ids: string[]) => void;
}) {
  const router = useRouter();
  const current = () => focus.current() ?? peeked;
  const here = () => current() !== null;
  const go = (href: (id: string) => string) => () => {
    const id = current();
    if (id !== null) router.push(href(id));
  };
  const toggle = (range: boolean) => () => {
    const id = current();
    if (id !== null) selection.toggle(id, range);
  };
  useShortcuts(
    {
      j: { label: "Next row", run: () => step(1), repeats: true },
      k: { label: "Previous row", run: () => step(-1), repeats: true },
      Enter: {
        label: "Open",
        // A row that has the focus is a link, which opens by itself.
        when: () => peeked !== null && document.activeElement === document.body,
        run: () => {
          const row = rows.find(({ id }) => id === peeked);
          router.push(row ? hrefOf(row) : `/artifacts/artifact/${peeked}`);
        },
      },
      " ": {
        label: peeked === null ? "Peek" : "Close the peek",
        when: () => focus.current() !== null && document.activeElement instanceof HTMLAnchorElement,
        run: () => setPeeked(focus.current() === peeked ? null : focus.current()),
      },
      x: { label: "Select", when: here, run: toggle(false) },
      X: { label: "Select up to here", when: here, run: toggle(true) },
      e: { label: "Edit", when: here, run: go((id) => `/artifacts/artifact/${id}?tab=edit`) },
      d: { label: "Compare with the version before", when: here, run: go((id) => `/artifacts/compare?to=${id}`) },
      ".": { label: "Raw data", when: here, run: go((id) => `/artifacts/artifact/${id}?tab=raw`) },
      y: {
        label: "Copy the link",
        when: here,
        run: () => {
          const id = current();
          if (id !== null) copyLink(id);
        },
      },
      "#": {
        label: "Delete",
        when: () => selection.ids.length > 0 || here(),
        run: () => {
          const id = current();
          removeRows(selection.ids.length > 0 || id === null ? selection.ids : [id]);
        },
      },
      Escape: {
        label: peeked === null ? "Clear the selection" : "Close the peek",
        when: () => peeked !== null || selection.ids.length > 0,
        run: () => (peeked === null ? selection.all(false) : setPeeked(null)),
      },
    },
    "List",
  );
}
