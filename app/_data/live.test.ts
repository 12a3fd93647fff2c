import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import type { ChangedKind, ChangeMessage } from "#contract/changes";
import { isAffected } from "./live";

const queryClient = new QueryClient();
for (const [queryKey, data] of [
  [[["collection", "page"], {}], { items: [] }],
  [[["collection", "page"], { input: { pinned: false } }], { items: [] }],
  [[["collection", "pins"], {}], []],
  [[["artifact", "read"], { id: "1" }], { key: "mine" }],
  [[["artifact", "read"], { id: "2" }], { key: null }],
  [[["flow", "list"], {}], []],
  [[["flowRun", "list"], {}], []],
  [[["trash", "count"], {}], 3],
  [["text", "1", "2026-11-23T03:45:00Z"], "1"],
] as const) {
  queryClient.setQueryData(queryKey, data);
}
// A query without a result yet.
queryClient.getQueryCache().build(queryClient, { queryKey: [["collection", "latest"], {}] });

/** The queries that a message affects, by procedure and key of their result. */
const affected = (message: ChangeMessage) =>
  queryClient
    .getQueryCache()
    .findAll({ predicate: (query) => isAffected(message, query) })
    .map(({ queryKey: [path], state: { data } }) => {
      const key = typeof data === "object" && data !== null && "key" in data ? ` ${data.key}` : "";
      return `${String(path).replace(",", ".")}${key}`;
    })
    .sort();

const changed = (kinds: ChangedKind[], keys: string[] = []): ChangeMessage => ({ type: "changed", kinds, keys });

const ARTIFACTS = ["artifact.read null", "collection.latest", "collection.page", "collection.page", "collection.pins"];

it.each<[title: string, message: ChangeMessage, affected: string[]]>([
  [
    "a resync affects the result of every procedure",
    { type: "resync" },
    [...ARTIFACTS, "artifact.read mine", "flow.list", "flowRun.list", "trash.count"].sort(),
  ],
  [
    "a version affects lists and the versions of its key",
    changed(["artifact"], ["mine"]),
    [...ARTIFACTS, "artifact.read mine"].sort(),
  ],
  ["a version does not affect versions of another key", changed(["artifact"], ["yours"]), ARTIFACTS],
  ["a deletion affects the trash too", changed(["artifact", "trash"], ["yours"]), [...ARTIFACTS, "trash.count"]],
  ["a pin affects pins and the lists that begin with them", changed(["pin"]), ["collection.page", "collection.pins"]],
  ["a flow affects flows only", changed(["flow"]), ["flow.list"]],
  ["a flow run affects flow runs only", changed(["flowRun"]), ["flowRun.list"]],
  ["a kind without a query affects nothing", changed(["taskRun"]), []],
])("%s", (_, message, expected) => {
  expect(affected(message)).toEqual(expected);
});
