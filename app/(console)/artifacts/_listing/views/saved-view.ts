import type { SavedView, ViewState, ViewUpdate } from "#contract/view";
import { isColumn, validColumns } from "../../../_list/columns/display-cookie";
import { apiSort, hrefOf, loadView, parseColumns, printColumns, SORTS, sortOf, type View } from "../view";

/** The parts of a view that are not in its query. */
const APART = { sort: "newest", show: null, columns: null, density: null, view: "", cursor: "", asOf: "" } as const;

/**
 * The address of a saved view with all that it shows, now or as of a timestamp. Sorts and columns that are unknown here are
 * left out.
 */
export function savedHref(saved: Pick<SavedView, "id"> & ViewState, asOf = ""): string {
  const { id, query, sort, columns, density, layout } = saved;
  return hrefOf({
    ...loadView(`?${query}`),
    sort: SORTS.find((each) => apiSort(each) === sort) ?? "newest",
    columns: columns && printColumns(validColumns(columns.map(({ id, width }) => [id, width]))),
    density,
    show: layout,
    view: id,
    cursor: "",
    asOf,
  });
}

/** What a view of the list shows, to be saved. */
export function stateOf(view: View): ViewState {
  return {
    query: hrefOf({ ...view, ...APART }).slice("/artifacts?".length),
    sort: apiSort(sortOf(view)),
    columns: view.columns && parseColumns(view.columns),
    density: view.density,
    layout: view.show,
  };
}

/** Whether the list shows something else than the saved view that is open. */
export function isModified(view: View, saved: SavedView): boolean {
  const columns = view.columns && printColumns(parseColumns(view.columns));
  return hrefOf({ ...view, columns, cursor: "", asOf: "" }) !== savedHref(saved);
}

/** What of a saved view the list shows otherwise: columns that are unknown here stay where the others did. */
export function changesOf(view: View, saved: SavedView): Partial<Omit<ViewUpdate, "id">> {
  const { columns, ...state } = stateOf(view);
  const known = stateOf(loadView(savedHref(saved).slice("/artifacts".length))).columns;
  return JSON.stringify(columns) === JSON.stringify(known) ? state : { ...state, columns };
}

/** The columns of a saved view that are unknown here. */
export function unknownColumns({ columns }: SavedView): string[] {
  return (columns ?? []).map(({ id }) => id).filter((id) => !isColumn(id));
}
