import type { useClient } from "#app/_data/client";
import { MAX_LIMIT, MAX_LIST } from "#contract/limits";
import { timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { scopeOf, type View } from "./view";

type Client = ReturnType<typeof useClient>;

/** A key with its number of versions, or the id of a version. */
interface MatchingRow {
  name: string;
  versions: number;
}

export type Batch = MatchingRow[];

/** So many rows, and so many versions in them. */
export interface Found {
  rows: number;
  versions: number;
}

/** The most versions of a batch, unless it is of one key: a batch is one transaction. */
const MAX_VERSIONS = 2000;

/**
 * All keys of a view of the latest versions, or the ids of all versions of another view.
 * @param onPage called with how many were found so far; false stops
 */
export async function findMatching(
  client: Client,
  view: View,
  onPage: (found: number) => boolean,
): Promise<MatchingRow[]> {
  const where = whereOf(view, timeOf(view.asOf));
  const rows: MatchingRow[] = [];
  let cursor: string | null | undefined;
  do {
    const input = { where, sort: "ID_DESC", limit: MAX_LIMIT, cursor } as const;
    if (scopeOf(view) === "latest") {
      const page = await client.collection.page.query(input);
      rows.push(...page.items.map(({ key, versions }) => ({ name: key, versions })));
      cursor = page.next;
    } else {
      const page = await client.artifact.page.query(input);
      rows.push(...page.items.map(({ id }) => ({ name: id, versions: 1 })));
      cursor = page.next;
    }
  } while (onPage(rows.length) && cursor);
  return rows;
}

/** Splits rows into batches that are deleted by one call each. */
export function batchesOf(rows: MatchingRow[]): { batches: Batch[]; total: Found } {
  const batches: Batch[] = [];
  let versions = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    versions += row.versions;
    const last = batches.at(-1);
    if (last && last.length < MAX_LIST && versions <= MAX_VERSIONS) {
      last.push(row);
    } else {
      batches.push([row]);
      versions = row.versions;
    }
  }
  return { batches, total: { rows: rows.length, versions: rows.reduce((sum, row) => sum + row.versions, 0) } };
}

/** Deletes a batch of keys, or of versions, with the labels in `force`, for a reason. What is deleted already is not counted. */
export async function deleteBatch(
  client: Client,
  batch: Batch,
  areKeys: boolean,
  why: { force: string[]; reason: string | null },
): Promise<Found & { removal: string }> {
  const names = batch.map(({ name }) => name);
  if (areKeys) {
    const { removal, versions, missing } = await client.collection.removeMany.mutate({ keys: names, ...why });
    return { removal, rows: names.length - missing.length, versions };
  }
  const { removal, removed } = await client.artifact.removeMany.mutate({ ids: names, ...why });
  return { removal, rows: removed.length, versions: removed.length };
}

/** Restores what is left of removals. Returns how many versions. */
export async function restoreRemovals(client: Client, removals: string[]): Promise<number> {
  let restored = 0;
  for (const removal of removals) restored += (await client.trash.restoreRemoval.mutate({ removal })).versions;
  return restored;
}
