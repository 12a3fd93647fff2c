import { expect, test } from "vitest";
import type { Event } from "#contract/event";
import { fieldsOf, sentenceOf, VERB_NAMES, verbGroups } from "./sentence";

const event: Event = {
  id: "00000000-0000-4000-8000-000000000001",
  time: "2026-11-29T12:00:00.000000Z",
  actor: null,
  service: null,
  flowRunId: null,
  verb: "artifact.update",
  key: null,
  artifactId: null,
  version: null,
  reason: null,
  requestId: null,
  before: null,
  after: null,
};
const version = { key: "a/b", version: 3, artifactId: "00000000-0000-4000-8000-000000000002" };
const VERSION = "[a/b@3](/artifacts/key/a/b?version=3)";
const KEY = "[a/b](/artifacts/key/a/b)";

function moved(from: number | null, to: number | null): Pick<Event, "before" | "after"> {
  return { before: { label: "production", version: from }, after: { label: "production", version: to } };
}

test.each<[Partial<Event>, string]>([
  [{ ...version, verb: "artifact.create" }, `Published ${VERSION}`],
  [{ ...version, artifactId: null, verb: "artifact.create", after: { versions: 2 } }, `Published 2 versions of ${KEY}`],
  [{ artifactId: "5", verb: "artifact.create" }, "Published [an artifact without a key](/artifacts/artifact/5)"],
  [{ ...version, before: { tags: [], size: 1, rows: null } }, `Changed tags, data of ${VERSION}`],
  [{ ...version, before: {} }, `Saved ${VERSION} without a change`],
  [{ ...version, verb: "artifact.revert", after: { revertedTo: 2 } }, `Reverted ${VERSION} to before change 2`],
  [{ ...version, verb: "artifact.remove", after: { removal: "1" } }, `Deleted ${VERSION}`],
  [{ ...version, verb: "artifact.remove", after: { versions: 4 } }, `Deleted 4 versions of ${KEY}`],
  [{ ...version, verb: "artifact.restore" }, `Restored ${VERSION}`],
  [{ ...version, verb: "artifact.purge" }, "Deleted a/b@3 permanently"],
  [{ verb: "artifact.purge", after: { versions: 4 } }, "Deleted 4 versions permanently"],
  [{ ...version, verb: "collection.label", ...moved(null, 3) }, `Set the label production of ${KEY} to v3`],
  [{ ...version, verb: "collection.label", ...moved(2, 3) }, `Moved the label production of ${KEY} from v2 to v3`],
  [{ ...version, verb: "collection.label", ...moved(3, null) }, `Removed the label production of ${KEY} from v3`],
  [{ ...version, verb: "collection.update", after: { title: "A", tags: [] } }, `Changed title, tags of ${KEY}`],
  [{ key: "a/b", verb: "collection.rename", before: { key: "c" } }, `Renamed c to ${KEY}`],
  [{ verb: "flow.create", after: { id: "1", name: "daily" } }, "Created flow [daily](/runs/flow/1)"],
  [
    {
      verb: "deployment.update",
      before: { id: "1", name: "nightly", parameterOpenapiSchema: {}, paused: false },
      after: { id: "1", name: "nightly", parameterOpenapiSchema: null, paused: true },
    },
    "Changed parameter openapi schema, paused of deployment [nightly](/runs/deployment/1)",
  ],
  [{ verb: "flowRun.remove", before: { id: "1", name: "first" } }, "Deleted flow run first"],
  [{ verb: "taskRun.remove", before: { id: "1", name: "load-0" } }, "Deleted task run load-0"],
  [{ verb: "view.create", after: { view: "1", name: "Mine" } }, "Saved view [Mine](/artifacts/view/1)"],
  [{ verb: "apiKey.create", after: { id: "1", name: "ci", role: "read" } }, "Made API key ci"],
  [
    {
      verb: "apiKey.update",
      before: { id: "1", name: "ci", role: "read", expires: null },
      after: { id: "1", name: "ci", role: "admin", expires: null },
    },
    "Changed role of API key ci",
  ],
  [{ verb: "apiKey.revoke", before: { id: "1", name: "ci" } }, "Revoked API key ci"],
  [{ verb: "session.start" }, "Signed in"],
  [{ verb: "person.remove", before: { person: "1" } }, "Deleted a person"],
  [{ verb: "person.signOut", after: { sessions: 2 } }, "Ended 2 sessions of a person"],
  [
    { verb: "admin.protectLabels", before: { labels: ["a", "b"] }, after: { labels: ["b", "c"] } },
    "Protected the label c; Removed the protection of a",
  ],
  [{ verb: "database.import", after: { created: 1200 } }, "Imported 1,200 rows"],
  [{ verb: "event.purge", after: { events: 1 } }, "Deleted 1 event as too old"],
  [{ verb: "something.else" }, "something.else"],
])("%j is shown as %s", (fields, text) => {
  const { action, object, rest } = sentenceOf({ ...event, ...fields });
  const link = object && (object.href === null ? object.name : `[${object.name}](${object.href})`);
  expect([action, link, rest].filter(Boolean).join(" ")).toBe(text);
});

test("fields that are null before and after are left out, and those that were too long are not", () => {
  const before = { title: "a", sort: null, description: null };
  expect(fieldsOf({ before, after: { title: "b", sort: null, description: "c", cut: ["metadata"] } })).toEqual([
    "title",
    "description",
    "metadata",
  ]);
  expect(fieldsOf({ before: null, after: { name: "a", layout: null } })).toEqual(["name"]);
});

test("the filter has every verb once, by what it is about", () => {
  const groups = verbGroups();
  expect(groups.map(([group]) => group)).toEqual(["Artifacts", "Flows and runs", "Views", "Access", "Server"]);
  expect(groups.flatMap(([, verbs]) => verbs.map(([verb]) => verb))).toEqual(Object.keys(VERB_NAMES));
});
