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
import { parseAsTime } from "../_list/filter/parse-time";
import { parseAsOf } from "../_past/as-of";

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

/** Whether a view has a filter. */
export function isFiltered({ name, flow, deployment, state, tags, started, where }: RunsView): boolean {
  return [name, flow, deployment, state, started, where].some(Boolean) || tags.length > 0;
}

/** The page of the artifacts of a run, and the timestamp whose past is shown. */
export const loadRunArtifacts = createLoader({ cursor: runsParsers.cursor, asOf: runsParsers.asOf });
