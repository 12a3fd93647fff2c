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
import { createdCondition, createdWords, parseAsCreated } from "./created";

/** The orders a person can choose, in the words of the URL. */
export const SORTS = ["newest", "oldest", "updated", "key", "key-desc"] as const;

const SORT: Record<(typeof SORTS)[number], ArtifactSort> = {
  newest: "CREATED_DESC",
  oldest: "CREATED_ASC",
  updated: "UPDATED_DESC",
  key: "KEY_ASC",
  "key-desc": "KEY_DESC",
};

/** The ways to show rows. */
export const SHOWN_AS = ["list", "cards"] as const;
export type ShownAs = (typeof SHOWN_AS)[number];

/** The cookie that remembers how rows were shown last, so that the server's first paint already does. */
export const SHOWN_AS_COOKIE = "artifacts-show";

/** What the URL of the list may say; the server and the browser read it with these same parsers. */
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
  /** Rows or cards; where the URL does not say, as it was last. */
  show: parseAsStringLiteral(SHOWN_AS),
  sort: parseAsStringLiteral(SORTS).withDefault("newest"),
  cursor: parseAsString.withDefault(""),
};

/** What takes every filter off. */
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

/** One way to look at the list: all that its URL says. */
export type View = inferParserType<typeof viewParsers>;

/** Reads the view from the search parameters of a page; what it does not know it leaves out. */
export const loadView = createLoader(viewParsers);

const serialize = createSerializer(viewParsers);

/** The address of a view; defaults are left out of it. */
export function hrefOf(view: Partial<View>): string {
  return serialize("/artifacts", view);
}

/** Which rows a view holds: the latest of each key, every version, or what has no key. */
export function scopeOf(view: View): "latest" | "all" | "keyless" {
  if (view.keys === "none") return "keyless";
  return view.versions;
}

/** The filter of a view on the artifacts themselves at a moment (milliseconds), or undefined where it has none. */
export function filterOf(view: View, now = Date.now()): ArtifactFilter | undefined {
  const filter: ArtifactFilter = {};
  const keyless = view.keys === "none";
  if (view.type) filter.type = { any: [view.type] };
  if (keyless) filter.key = { exists: false };
  else if (view.key) filter.key = { contains: view.key };
  if (view.description) filter.description = { contains: view.description };
  if (view.created) filter.created = createdCondition(view.created, now);
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** All that a view filters by, the producers of artifacts included, or undefined where it filters nothing. */
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

/** What `page` is asked for a view. */
export function pageInput(view: View) {
  return {
    where: whereOf(view),
    sort: SORT[view.sort],
    cursor: view.cursor || undefined,
  };
}

/** A filter that is on: what it is about and its value, both in words, and the view that goes without it. */
export interface ActiveFilter {
  about: "key" | "type" | "flow" | "deployment" | "state" | "tag" | "description" | "created";
  value: string;
  without: View;
}

/** A person's filters that are on, in the order in which they are shown. */
export function activeFilters(view: View): ActiveFilter[] {
  const rest = { ...view, cursor: "" };
  const active: ActiveFilter[] = [];
  if (view.key && view.keys !== "none") active.push({ about: "key", value: view.key, without: { ...rest, key: "" } });
  if (view.type) active.push({ about: "type", value: view.type, without: { ...rest, type: "" } });
  if (view.description) {
    active.push({ about: "description", value: view.description, without: { ...rest, description: "" } });
  }
  if (view.created) {
    active.push({ about: "created", value: createdWords(view.created), without: { ...rest, created: "" } });
  }
  if (view.flow) active.push({ about: "flow", value: view.flow, without: { ...rest, flow: "" } });
  if (view.deployment) {
    active.push({ about: "deployment", value: view.deployment, without: { ...rest, deployment: "" } });
  }
  if (view.state) active.push({ about: "state", value: stateLabel(view.state), without: { ...rest, state: null } });
  for (const tag of view.tags) {
    active.push({ about: "tag", value: tag, without: { ...rest, tags: view.tags.filter((each) => each !== tag) } });
  }
  return active;
}
