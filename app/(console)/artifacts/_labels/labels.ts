import { useQuery } from "@tanstack/react-query";
import { type Api, useApi } from "#app/_data/client";
import type { LabelOfKey } from "#contract/label";

const NONE: LabelOfKey[] = [];

/** The labels of a key, by name. */
export function labelsQuery(api: Api, key: string) {
  return api.collection.labels.queryOptions({ key });
}

/** The labels of a key; none until they are loaded. */
export function useLabels(key: string): LabelOfKey[] {
  return useQuery(labelsQuery(useApi(), key)).data ?? NONE;
}

/** The names of the labels of a version. */
export function labelsOn(labels: LabelOfKey[], version: number | null): string[] {
  return labels.filter((each) => each.version === version).map(({ label }) => label);
}
