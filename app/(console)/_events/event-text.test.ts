import { expect, test } from "vitest";
import type { Event } from "#contract/event";
import { changedNames, eventText } from "./event-text";

const event: Event = {
  id: "00000000-0000-4000-8000-000000000001",
  time: "2026-11-29T12:00:00.000000Z",
  actor: null,
  service: null,
  flowRunId: null,
  verb: "artifact.update",
  key: "a",
  artifactId: "00000000-0000-4000-8000-000000000002",
  version: 3,
  reason: null,
  requestId: null,
  before: null,
  after: null,
};

function moved(from: number | null, to: number | null): Pick<Event, "before" | "after"> {
  return { before: { label: "production", version: from }, after: { label: "production", version: to } };
}

test.each<[Partial<Event>, string]>([
  [{ verb: "artifact.create" }, "published v3"],
  [{ verb: "artifact.create", after: { versions: 2 } }, "published 2 versions, the last v3"],
  [{ verb: "artifact.create", version: null }, "published it"],
  [{ before: { description: "x", size: 1, rows: null, number: null } }, "changed description, data of v3"],
  [{ before: {} }, "saved v3 without a change"],
  [{ verb: "artifact.revert", after: { revertedTo: 2 } }, "reverted v3 to before change 2"],
  [{ verb: "artifact.remove" }, "deleted v3"],
  [{ verb: "artifact.remove", after: { versions: 4 } }, "deleted 4 versions"],
  [{ verb: "artifact.restore" }, "restored v3"],
  [{ verb: "artifact.purge" }, "deleted v3 permanently"],
  [{ verb: "collection.label", ...moved(null, 3) }, "set a label, production: v3"],
  [{ verb: "collection.label", ...moved(2, 3) }, "moved a label, production: v2 → v3"],
  [{ verb: "collection.label", ...moved(3, null) }, "removed a label, production: v3"],
  [{ verb: "collection.update", after: { title: "A", tags: [] } }, "changed title, tags of the artifact"],
  [{ verb: "something.else" }, "something.else v3"],
])("%j is shown as %s", (fields, text) => {
  expect(eventText({ ...event, ...fields })).toBe(text);
});

test("names the data once, and not what was cut", () => {
  expect(changedNames({ metadata: null, size: 1, rows: 2, number: null, cut: ["metadata"] })).toEqual([
    "metadata",
    "data",
  ]);
});
