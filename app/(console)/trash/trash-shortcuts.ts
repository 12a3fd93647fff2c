import { useShortcuts } from "#app/_ui/shortcut";
import type { useRowFocus } from "../_list/row-focus";
import type { Selection } from "../_list/selection";

/** What the keys do in the trash: they move from row to row and choose. */
export function useTrashShortcuts(focus: ReturnType<typeof useRowFocus>, selection: Selection) {
  const toggle = (range: boolean) => () => {
    const id = focus.current();
    if (id !== null) selection.toggle(id, range);
  };
  const here = () => focus.current() !== null;
  useShortcuts(
    {
      j: { label: "Next row", run: () => focus.move(1), repeats: true },
      k: { label: "Previous row", run: () => focus.move(-1), repeats: true },
      x: { label: "Select", when: here, run: toggle(false) },
      X: { label: "Select up to here", when: here, run: toggle(true) },
      Escape: {
        label: "Clear the selection",
        when: () => selection.ids.length > 0,
        run: () => selection.all(false),
      },
    },
    "Trash",
  );
}
