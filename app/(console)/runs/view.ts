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
import type { FlowRunFilter, FlowRunWhere } from "#contract/where";
import { stateLabel } from "../_list/state-label";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Time spans back from now, as named in the URL; `length` in milliseconds. */
export const SPANS = {
  "1h": { label: "Last hour", length: HOUR },
  "24h": { label: "Last 24 hours", length: 24 * HOUR },
  "7d": { label: "Last 7 days", length: 168 * HOUR },
  "30d": { label: "Last 30 days", length: 720 * HOUR },
};
type Span = keyof typeof SPANS;
export const SPAN_NAMES: readonly Span[] = ["1h", "24h", "7d", "30d"];

const parseAsTag = createParser({ parse: (text) => text.trim() || null, serialize: String });

export const runsParsers = {
  name: parseAsString.withDefault(""),
  flow: parseAsString.withDefault(""),
  deployment: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATE_TYPES),
  tags: parseAsArrayOf(parseAsTag).withDefault([]),
  started: parseAsStringLiteral(SPAN_NAMES),
  cursor: parseAsString.withDefault(""),
};

export type RunsView = inferParserType<typeof runsParsers>;

/** Reads the view from the search parameters of the page; unknown parameters and values are ignored. */
export const loadRuns = createLoader(runsParsers);

const serialize = createSerializer(runsParsers);

export function runsHref(view: Partial<RunsView> = {}): string {
  return serialize("/runs", view);
}

/** The conditions of a view at a time (milliseconds), or undefined without any. A span starts at a full minute, so that the query key stays equal for a while. */
export function runsWhere(
  { name, flow, deployment, state, tags, started }: RunsView,
  now: number,
): FlowRunWhere | undefined {
  const flowRuns: FlowRunFilter = {};
  if (name) flowRuns.name = { contains: name };
  if (state) flowRuns.state = { type: { any: [state] } };
  if (tags.length > 0) flowRuns.tags = { all: tags };
  if (started) {
    const start = Math.floor((now - SPANS[started].length) / MINUTE) * MINUTE;
    flowRuns.startTime = { after: new Date(start).toISOString() };
  }
  const where: FlowRunWhere = {};
  if (Object.keys(flowRuns).length > 0) where.flowRuns = flowRuns;
  if (flow) where.flows = { name: { any: [flow] } };
  if (deployment) where.deployments = { name: { any: [deployment] } };
  return Object.keys(where).length > 0 ? where : undefined;
}

export interface ActiveFilter {
  field: "name" | "flow" | "deployment" | "state" | "tag" | "started";
  value: string;
  without: RunsView;
}

export function activeFilters(view: RunsView): ActiveFilter[] {
  const rest = { ...view, cursor: "" };
  const active: ActiveFilter[] = [];
  const add = (field: ActiveFilter["field"], value: string, part: Partial<RunsView>) =>
    active.push({ field, value, without: { ...rest, ...part } });
  if (view.name) add("name", view.name, { name: "" });
  if (view.flow) add("flow", view.flow, { flow: "" });
  if (view.deployment) add("deployment", view.deployment, { deployment: "" });
  if (view.state) add("state", stateLabel(view.state), { state: null });
  for (const tag of view.tags) add("tag", tag, { tags: view.tags.filter((each) => each !== tag) });
  if (view.started) add("started", SPANS[view.started].label.toLowerCase(), { started: null });
  return active;
}

export function parseTags(text: string): string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim()))].filter(Boolean);
}

export const loadArtifactsCursor = createLoader({ cursor: parseAsString.withDefault("") });
