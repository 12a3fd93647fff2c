import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { STATE_TYPES } from "#contract/state";
import type { Sorting } from "../_list/columns/column-head";
import { parseAsTime } from "../_list/filter/parse-time";
import { parseAsOf } from "../_past/as-of";

/** The sorts of the API by those of the URL. */
const SORT = {
  newest: "START_TIME_DESC",
  oldest: "START_TIME_ASC",
  name: "NAME_ASC",
  "name-desc": "NAME_DESC",
} as const;

type Sort = keyof typeof SORT;

const isSort = (name: string): name is Sort => Object.hasOwn(SORT, name);

export const SORTS = Object.keys(SORT).filter(isSort);

const FIELDS = ["name", "started"] as const;
export type RunField = (typeof FIELDS)[number];

/** The API's sort of a view. */
export function apiSort({ sort }: Pick<RunsView, "sort">): (typeof SORT)[Sort] {
  return SORT[sort];
}

const parseAsTag = createParser({ parse: (text) => text.trim() || null, serialize: String });

export const runsParsers = {
  name: parseAsString.withDefault(""),
  flow: parseAsString.withDefault(""),
  deployment: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATE_TYPES),
  tags: parseAsArrayOf(parseAsTag).withDefault([]),
  started: parseAsTime.withDefault(""),
  /** The conditions that no parameter above can express, as text. */
  where: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(SORTS).withDefault("newest"),
  /** What the runs of a page are grouped by. */
  group: parseAsStringLiteral(["none", "flow"]).withDefault("none"),
  cursor: parseAsString.withDefault(""),
  /** The timestamp whose past is shown; empty for now. */
  asOf: parseAsOf.withDefault(""),
};

export type RunsView = inferParserType<typeof runsParsers>;

/** Reads the view from the search parameters of the page; unknown parameters and values are ignored. */
export const loadRuns = createLoader(runsParsers);

const serialize = createSerializer(runsParsers);

export function runsHref(view: Partial<RunsView> = {}): string {
  return serialize("/runs", view);
}

/** The sort of a view for the heads of its list. */
export function sortingOf(view: RunsView): Sorting<RunField> {
  const sortBy = (field: RunField, descending: boolean): Sort => {
    if (field === "name") return descending ? "name-desc" : "name";
    return descending ? "newest" : "oldest";
  };
  return {
    field: view.sort === "name" || view.sort === "name-desc" ? "name" : "started",
    descending: SORT[view.sort].endsWith("_DESC"),
    fields: FIELDS,
    hrefOf: (field, descending) => runsHref({ ...view, sort: sortBy(field, descending), cursor: "" }),
  };
}

/** Whether a view has a filter. */
export function isFiltered({ name, flow, deployment, state, tags, started, where }: RunsView): boolean {
  return [name, flow, deployment, state, started, where].some(Boolean) || tags.length > 0;
}

/** The page of the artifacts of a run, and the timestamp whose past is shown. */
export const loadRunArtifacts = createLoader({ cursor: runsParsers.cursor, asOf: runsParsers.asOf });
