import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { ArtifactSort } from "#contract/artifact";
import { STATE_TYPES } from "#contract/state";
import type { ArtifactFilter, Where } from "#contract/where";
import { stateLabel } from "../../_list/state-label";
import { createdCondition, createdLabel, parseAsCreated } from "./created";

export const SORTS = ["newest", "oldest", "updated", "key", "key-desc"] as const;

const SORT: Record<(typeof SORTS)[number], ArtifactSort> = {
  newest: "CREATED_DESC",
  oldest: "CREATED_ASC",
  updated: "UPDATED_DESC",
  key: "KEY_ASC",
  "key-desc": "KEY_DESC",
};

export const LAYOUTS = ["list", "cards"] as const;
export type Layout = (typeof LAYOUTS)[number];

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
  created: parseAsCreated.withDefault(""),
  /** The layout; null for the one in the cookie. */
  show: parseAsStringLiteral(LAYOUTS),
  sort: parseAsStringLiteral(SORTS).withDefault("newest"),
  cursor: parseAsString.withDefault(""),
};

export const NO_FILTERS = {
  key: null,
  type: null,
  flow: null,
  deployment: null,
  state: null,
  tags: null,
  description: null,
  created: null,
};

export type View = inferParserType<typeof viewParsers>;

/** Reads the view from the search parameters of the page; unknown parameters and values are ignored. */
export const loadView = createLoader(viewParsers);

const serialize = createSerializer(viewParsers);

export function hrefOf(view: Partial<View>): string {
  return serialize("/artifacts", view);
}

export type Scope = "latest" | "all" | "keyless";

export function scopeOf(view: View): Scope {
  return view.keys === "none" ? "keyless" : view.versions;
}

/** The conditions of a view on artifacts at a time (milliseconds), or undefined without any. */
export function filterOf(view: View, now = Date.now()): ArtifactFilter | undefined {
  const filter: ArtifactFilter = {};
  if (view.type) filter.type = { any: [view.type] };
  if (view.keys === "none") filter.key = { exists: false };
  else if (view.key) filter.key = { contains: view.key };
  if (view.description) filter.description = { contains: view.description };
  if (view.created) filter.created = createdCondition(view.created, now);
  return Object.keys(filter).length > 0 ? filter : undefined;
}

export function whereOf(view: View): Where | undefined {
  const where: Where = {};
  const artifacts = filterOf(view);
  if (artifacts) where.artifacts = artifacts;
  if (view.flow) where.flows = { name: { any: [view.flow] } };
  if (view.deployment) where.deployments = { name: { any: [view.deployment] } };
  if (view.state || view.tags.length > 0) {
    where.flowRuns = {
      state: view.state ? { type: { any: [view.state] } } : undefined,
      tags: view.tags.length > 0 ? { all: view.tags } : undefined,
    };
  }
  return Object.keys(where).length > 0 ? where : undefined;
}

export function pageInput(view: View) {
  return {
    where: whereOf(view),
    sort: SORT[view.sort],
    cursor: view.cursor || undefined,
  };
}

export interface ActiveFilter {
  field: "key" | "type" | "description" | "created" | "flow" | "deployment" | "run state" | "run tag";
  value: string;
  without: View;
}

export function activeFilters(view: View): ActiveFilter[] {
  const rest = { ...view, cursor: "" };
  const active: ActiveFilter[] = [];
  const add = (field: ActiveFilter["field"], value: string, part: Partial<View>) =>
    active.push({ field, value, without: { ...rest, ...part } });
  if (view.key && view.keys !== "none") add("key", view.key, { key: "" });
  if (view.type) add("type", view.type, { type: "" });
  if (view.description) add("description", view.description, { description: "" });
  if (view.created) add("created", createdLabel(view.created), { created: "" });
  if (view.flow) add("flow", view.flow, { flow: "" });
  if (view.deployment) add("deployment", view.deployment, { deployment: "" });
  if (view.state) add("run state", stateLabel(view.state), { state: null });
  for (const tag of view.tags) add("run tag", tag, { tags: view.tags.filter((each) => each !== tag) });
  return active;
}
