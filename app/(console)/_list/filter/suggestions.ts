import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { useClient } from "#app/_data/client";
import { useDelayed } from "#app/_ui/use-delayed";
import type { RunWhere, Where } from "#contract/where";
import type { Condition, FieldName } from "./condition";
import type { Filter } from "./use-facets";

type Client = ReturnType<typeof useClient>;

/** The names to show, and the rows to read for them, as names of runs repeat. */
const MOST = 30;
const ROWS = 100;

/** Fields with too many values to count all of them. */
function isSearched(field: FieldName): boolean {
  return field === "key" || field === "run" || field === "task";
}

/** The values of a searched field that contain a text, among the rows that match the other conditions. */
export function useSuggestions(filter: Filter, others: Condition[], field: FieldName, text: string) {
  const search = useDelayed(text);
  return useQuery({
    queryKey: ["suggestions", field, search, filter.hrefOf(others)],
    queryFn: () => filter.loadSuggestions(field, [...others, ...containing(field, search)]),
    enabled: isSearched(field),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // Any value can be typed.
    retry: false,
  });
}

function containing(field: FieldName, text: string): Condition[] {
  return text === "" ? [] : [{ field, path: "", operator: "contains", values: [text] }];
}

/** The keys of the latest versions that match, A to Z. */
export async function suggestedKeys(client: Client, where: Where | undefined): Promise<string[]> {
  const rows = await client.collection.list.query({ where, sort: "KEY_ASC", limit: MOST });
  return rows.map(({ key }) => key);
}

/** The names of the flow runs or task runs that match, those of the latest first. */
export async function suggestedRuns(
  client: Client,
  field: FieldName,
  { flows, deployments, flowRuns, taskRuns }: RunWhere = {},
): Promise<string[]> {
  const ofFlow = { flows, deployments, flowRuns };
  const runs =
    field === "task"
      ? await client.taskRun.list.query({ where: { ...ofFlow, taskRuns }, limit: ROWS })
      : await client.flowRun.list.query({ where: ofFlow, limit: ROWS });
  return [...new Set(runs.map(({ name }) => name))].slice(0, MOST);
}
