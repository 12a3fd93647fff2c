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

const HOUR = 3_600_000;

/** Spans back from now in which runs started, as the URL names them. */
export const SPANS = {
  "1h": { words: "last hour", length: HOUR },
  "24h": { words: "last 24 hours", length: 24 * HOUR },
  "7d": { words: "last 7 days", length: 168 * HOUR },
  "30d": { words: "last 30 days", length: 720 * HOUR },
};
type Span = keyof typeof SPANS;
export const SPAN_NAMES: readonly Span[] = ["1h", "24h", "7d", "30d"];

/** A tag as it is typed: spaces around it are none of it. */
const parseAsTag = createParser({ parse: (text) => text.trim() || null, serialize: String });

/** What the URL of the runs may say. */
export const runsParsers = {
  name: parseAsString.withDefault(""),
  flow: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATE_TYPES),
  tags: parseAsArrayOf(parseAsTag).withDefault([]),
  started: parseAsStringLiteral(SPAN_NAMES),
  cursor: parseAsString.withDefault(""),
};

/** One way to look at the flow runs. */
export type RunsView = inferParserType<typeof runsParsers>;

/** Reads the view from the search parameters of the page. */
export const loadRuns = createLoader(runsParsers);

const serialize = createSerializer(runsParsers);

/** The address of the runs in a view. */
export function runsHref(view: Partial<RunsView> = {}): string {
  return serialize("/runs", view);
}

/** The filter of a view at a moment (milliseconds), or undefined where it filters nothing. A span begins at a full minute, so that it stays one question for a while. */
export function runsWhere({ name, flow, state, tags, started }: RunsView, now: number): FlowRunWhere | undefined {
  const flowRuns: FlowRunFilter = {};
  if (name) flowRuns.name = { contains: name };
  if (state) flowRuns.state = { type: { any: [state] } };
  if (tags.length > 0) flowRuns.tags = { all: tags };
  if (started) flowRuns.startTime = { after: minuteOf(now - SPANS[started].length) };
  const where: FlowRunWhere = {};
  if (Object.keys(flowRuns).length > 0) where.flowRuns = flowRuns;
  if (flow) where.flows = { name: { any: [flow] } };
  return Object.keys(where).length > 0 ? where : undefined;
}

function minuteOf(moment: number): string {
  return new Date(Math.floor(moment / 60_000) * 60_000).toISOString();
}

/** What is filtered by, each in words and with the view that goes without it. */
export function activeFilters(view: RunsView): { name: string; without: RunsView }[] {
  const rest = { ...view, cursor: "" };
  const active: { name: string; without: RunsView }[] = [];
  if (view.name) active.push({ name: `the name “${view.name}”`, without: { ...rest, name: "" } });
  if (view.flow) active.push({ name: `the flow “${view.flow}”`, without: { ...rest, flow: "" } });
  if (view.state) active.push({ name: `the state “${stateLabel(view.state)}”`, without: { ...rest, state: null } });
  for (const tag of view.tags) {
    active.push({ name: `the tag “${tag}”`, without: { ...rest, tags: view.tags.filter((each) => each !== tag) } });
  }
  if (view.started) active.push({ name: `the ${SPANS[view.started].words}`, without: { ...rest, started: null } });
  return active;
}

const cursorParser = { cursor: parseAsString.withDefault("") };

/** Reads which page of its artifacts the page of a run shows. */
export const loadProduced = createLoader(cursorParser);
