import type { Query } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { ChangeMessage } from "#contract/changes";
import { isAffected } from "./live";

const query = (queryKey: unknown[], data?: unknown) => ({ queryKey, state: { data } }) as unknown as Query; // what is read of it
const list = query([["collection", "page"], {}], { items: [] });
const one = query([["artifact", "read"], {}], { key: "mine" });
const unkeyed = query([["artifact", "read"], {}], { key: null });
const removed = query([["collection", "latest"], {}]);
const flows = query([["flow", "list"], {}], []);
const trash = query([["trash", "count"], {}], 3);
const text = query(["text", "id", "updated"], "1");

const changed = (kinds: string[], keys: string[] = []) => ({ type: "changed", kinds, keys }) as ChangeMessage; // ditto

test.each<[string, ChangeMessage, Query[]]>([
  ["a resync", { type: "resync" }, [list, one, unkeyed, removed, flows, trash]],
  ["a version of mine", changed(["artifact"], ["mine"]), [list, one, unkeyed, removed]],
  ["a version of another key", changed(["artifact"], ["yours"]), [list, unkeyed, removed]],
  ["a removal", changed(["artifact", "trash"], ["mine"]), [list, one, unkeyed, removed, trash]],
  ["a flow", changed(["flow"]), [flows]],
  ["a task run", changed(["taskRun"]), []],
])("%s is about what it may have changed, and nothing else", (_, word, about) => {
  const all = [list, one, unkeyed, removed, flows, trash, text];
  expect(all.filter((each) => isAffected(word, each))).toEqual(about);
});
