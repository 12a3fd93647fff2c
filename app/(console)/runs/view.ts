import { createLoader, createSerializer, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { STATE_TYPES } from "#contract/state";
import type { FlowRunWhere } from "#contract/where";
import { stateWord } from "../state-word";

/** What the URL of the runs may say. */
export const runsParsers = {
  flow: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATE_TYPES),
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

/** The filter of a view, or undefined where it filters nothing. */
export function runsWhere({ flow, state }: RunsView): FlowRunWhere | undefined {
  if (!flow && !state) return undefined;
  return {
    flowRuns: state ? { state: { type: { any: [state] } } } : undefined,
    flows: flow ? { name: { any: [flow] } } : undefined,
  };
}

/** What is filtered by, each in words and with the view that goes without it. */
export function activeFilters(view: RunsView): { name: string; without: RunsView }[] {
  const active: { name: string; without: RunsView }[] = [];
  if (view.flow) active.push({ name: `the flow “${view.flow}”`, without: { ...view, flow: "", cursor: "" } });
  if (view.state)
    active.push({ name: `the state “${stateWord(view.state)}”`, without: { ...view, state: null, cursor: "" } });
  return active;
}

const cursorParser = { cursor: parseAsString.withDefault("") };

/** Reads which page of its artifacts the page of a run shows. */
export const loadProduced = createLoader(cursorParser);
