import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { STATE_TYPES } from "#contract/state";
import type { Where } from "#contract/where";
import type { SortField, Sorting } from "../../_list/columns/column-head";
import { type Column, DEFAULT_DISPLAY, type Display } from "../../_list/columns/display";
import { validColumns } from "../../_list/columns/display-cookie";
import { parseAsTime } from "../../_list/filter/parse-time";
import { parseAsOf } from "../../_past/as-of";

/** The sorts of a list by the fields of its heads, and by `updated`. */
const SORT = {
  newest: "CREATED_DESC",
  oldest: "CREATED_ASC",
  updated: "UPDATED_DESC",
  key: "KEY_ASC",
  "key-desc": "KEY_DESC",
  type: "TYPE_ASC",
  "type-desc": "TYPE_DESC",
  number: "NUMBER_ASC",
  "number-desc": "NUMBER_DESC",
  rows: "ROWS_ASC",
  "rows-desc": "ROWS_DESC",
  size: "SIZE_ASC",
  "size-desc": "SIZE_DESC",
  version: "VERSION_ASC",
  "version-desc": "VERSION_DESC",
} as const;

export type Sort = keyof typeof SORT;

/** The API's sort of a sort of the URL. */
export function apiSort(sort: Sort): (typeof SORT)[Sort] {
  return SORT[sort];
}

const isSort = (name: string): name is Sort => Object.hasOwn(SORT, name);

export const SORTS = Object.keys(SORT).filter(isSort);

/** The fields that lists of any versions, and of the latest of each key, can be sorted by. */
const GENERAL_FIELDS = ["key", "size", "created"] as const;
const LATEST_FIELDS = ["key", "type", "number", "rows", "size", "version", "created"] as const;

/** The sorts that the list of a scope has. */
export function sortsOf(scope: Scope): Sort[] {
  const fields: readonly string[] = ["updated", ...fieldsOf(scope)];
  return SORTS.filter((sort) => fields.includes(fieldOf(sort)));
}

function fieldsOf(scope: Scope): readonly SortField[] {
  return scope === "latest" ? LATEST_FIELDS : GENERAL_FIELDS;
}

function fieldOf(sort: Sort): SortField | "updated" {
  if (sort === "newest" || sort === "oldest") return "created";
  const field = LATEST_FIELDS.find((each) => sort === each || sort === `${each}-desc`);
  return field ?? "updated";
}

function sortBy(field: SortField, descending: boolean): Sort {
  if (field === "created") return descending ? "newest" : "oldest";
  return descending ? `${field}-desc` : field;
}

/** The sort of a view for the heads of its list. */
export function sortingOf(view: View): Sorting {
  const sort = sortOf(view);
  const field = fieldOf(sort);
  return {
    field: field === "updated" ? null : field,
    descending: SORT[sort].endsWith("_DESC"),
    fields: fieldsOf(scopeOf(view)),
    hrefOf: (field, descending) => hrefOf({ ...view, sort: sortBy(field, descending), cursor: "" }),
  };
}

/** The sort of a view; the newest first where its list does not have it. */
export function sortOf(view: View): Sort {
  return sortsOf(scopeOf(view)).includes(view.sort) ? view.sort : "newest";
}

export const LAYOUTS = ["list", "cards"] as const;
export type Layout = (typeof LAYOUTS)[number];

export const GROUPS = ["none", "run", "day"] as const;
export type Group = (typeof GROUPS)[number];

export const DENSITIES = ["compact", "comfortable"] as const;

/** Stores the last layout in a cookie, so that the server's first paint already has it. */
export const LAYOUT_COOKIE = "artifacts-show";

/** The search parameters of the list, parsed in the same way on the server and in the browser. */
export const viewParsers = {
  versions: parseAsStringLiteral(["latest", "all"]).withDefault("latest"),
  keys: parseAsStringLiteral(["any", "none"]).withDefault("any"),
  type: parseAsString.withDefault(""),
  key: parseAsString.withDefault(""),
  flow: parseAsString.withDefault(""),
  deployment: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATE_TYPES),
  tags: parseAsArrayOf(parseAsString).withDefault([]),
  description: parseAsString.withDefault(""),
  created: parseAsTime.withDefault(""),
  /** A query in the query language. */
  q: parseAsString.withDefault(""),
  /** The conditions that no parameter above can express, as text. */
  where: parseAsString.withDefault(""),
  /** The layout; null for the one in the cookie. */
  show: parseAsStringLiteral(LAYOUTS),
  sort: parseAsStringLiteral(SORTS).withDefault("newest"),
  /** What the versions in the order of their creation are grouped by. */
  group: parseAsStringLiteral(GROUPS).withDefault("none"),
  /** The folder whose keys and folders are listed, empty for the top one; null for all keys. */
  folder: parseAsString,
  cursor: parseAsString.withDefault(""),
  /** The timestamp whose past the list shows; empty for now. */
  asOf: parseAsOf.withDefault(""),
  /** The columns of the list, as `ID-WIDTH`; null for those in the cookie. */
  columns: parseAsArrayOf(parseAsString),
  density: parseAsStringLiteral(DENSITIES),
  /** The id of the saved view that is open, `none` for none where a reader has a default. */
  view: parseAsString.withDefault(""),
};

export type View = inferParserType<typeof viewParsers>;

/** Reads the view from the search parameters of the page; unknown parameters and values are ignored. */
export const loadView = createLoader(viewParsers);

const serialize = createSerializer(viewParsers);

export function hrefOf(view: Partial<View>): string {
  return serialize("/artifacts", view);
}

/** The columns and the density of a view; `stored` is what the reader last chose, which holds where it has neither. */
export function displayOf({ columns, density }: View, stored: Display | null): Display | null {
  if (columns === null && density === null) return stored;
  const { columns: storedColumns, isComfortable } = stored ?? DEFAULT_DISPLAY;
  const chosen = columns && parseColumns(columns);
  return { columns: chosen ?? storedColumns, isComfortable: density ? density === "comfortable" : isComfortable };
}

/** The view with another choice of columns and density. */
export function withDisplay(view: View, { columns, isComfortable }: Display): View {
  return { ...view, columns: printColumns(columns), density: isComfortable ? "comfortable" : "compact" };
}

/** Columns as the URL has them: `ID-WIDTH`. */
export function printColumns(columns: Column[]): string[] {
  return columns.map(({ id, width }) => `${id}-${width}`);
}

/** The columns that the URL has, without those that are unknown or have no width. */
export function parseColumns(texts: string[]): Column[] {
  return validColumns(
    texts.map((text) => {
      const end = text.lastIndexOf("-");
      return [text.slice(0, end), Number(text.slice(end + 1))];
    }),
  );
}

export type Scope = "latest" | "all" | "keyless";

export function scopeOf(view: View): Scope {
  return view.keys === "none" ? "keyless" : view.versions;
}

/** Whether a view has a filter. */
export function isFiltered({ keys, key, type, flow, deployment, state, tags, description, created, where, q }: View) {
  const search = keys === "none" ? "" : key;
  return [q, search, type, flow, deployment, state, description, created, where].some(Boolean) || tags.length > 0;
}

/** What the rows of a view are grouped by: all versions in the order of their creation can be. */
export function groupOf(view: View): Group | null {
  const sort = sortOf(view);
  return scopeOf(view) === "all" && (sort === "newest" || sort === "oldest") ? view.group : null;
}

/** The API input of the list of latest versions; `where` is the filter of the view. */
export function latestInput(view: View, where: Where | undefined) {
  return { where, sort: SORT[sortOf(view)], cursor: view.cursor || undefined, asOf: view.asOf || undefined };
}

/** The API input of the lists of all versions, and of those without a key. */
export function versionsInput(view: View, where: Where | undefined) {
  return latestInput(scopeOf(view) === "latest" ? { ...view, versions: "all" } : view, where);
}
