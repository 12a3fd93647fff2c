import type { ChangedKind, ChangeMessage } from "#contract/changes";

const RESYNC: ChangeMessage = { type: "resync" };

/** The kinds of rows that each mutation changes. One that is missing here publishes `resync`, which costs watchers more. */
export const EFFECTS: Record<string, readonly ChangedKind[] | "anything"> = {
  "artifact.create": ["artifact"],
  "artifact.createMany": ["artifact"],
  "artifact.makeLatest": ["artifact"],
  "artifact.update": ["artifact"],
  "artifact.tagMany": ["artifact"],
  "artifact.revert": ["artifact"],
  "artifact.remove": ["artifact", "trash"],
  "artifact.removeMany": ["artifact", "trash"],
  "artifact.restore": ["artifact", "trash"],
  "artifact.restoreMany": ["artifact", "trash"],
  "collection.label": ["artifact"],
  "collection.update": ["artifact"],
  "collection.tagMany": ["artifact"],
  // The pages of the one who reads know it.
  "collection.markRead": [],
  "collection.markAllRead": [],
  "collection.pin": ["pin"],
  "collection.unpin": ["pin"],
  "collection.rename": ["artifact", "trash"],
  "collection.remove": ["artifact", "trash"],
  "collection.removeMany": ["artifact", "trash"],
  // Its result has no keys.
  "trash.restoreRemoval": "anything",
  "trash.purge": ["trash"],
  "flow.create": ["flow"],
  "flow.update": ["flow"],
  "flow.remove": ["flow", "deployment", "flowRun", "taskRun"],
  "deployment.create": ["deployment"],
  "deployment.update": ["deployment"],
  "deployment.remove": ["deployment", "flowRun"],
  "flowRun.create": ["flowRun"],
  "flowRun.update": ["flowRun"],
  "flowRun.propose": ["flowRun", "taskRun"],
  "flowRun.remove": ["flowRun", "taskRun"],
  "taskRun.create": ["taskRun"],
  "taskRun.record": ["taskRun"],
  "taskRun.update": ["taskRun"],
  "taskRun.remove": ["taskRun"],
  "view.create": [],
  "view.update": [],
  "view.remove": [],
  "view.setDefault": [],
  "person.remove": "anything",
  "admin.import": "anything",
  "admin.protectLabels": "anything",
  "admin.repairFiles": [],
  "admin.moveData": [],
  "admin.repairSearch": [],
  "apiKey.create": "anything",
  "apiKey.update": "anything",
  "apiKey.revoke": "anything",
  // The HTTP layer publishes the change when the backup was restored.
  "admin.restore": [],
  // Nobody sees the sessions of others.
  "person.signOut": [],
};

export function changeMessageOf(path: string, input: unknown, result: unknown): ChangeMessage {
  const kinds = EFFECTS[path];
  if (!kinds || kinds === "anything") return RESYNC;
  // Nobody else sees which keys somebody pins.
  const keys = kinds.length > 0 && !kinds.includes("pin") ? [...keysIn(input), ...keysIn(result)] : [];
  return { type: "changed", kinds: [...kinds], keys };
}

/** The keys of a row, of rows, of removed or restored rows, and a list of keys. */
function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== "object" || value === null) return [];
  if ("keys" in value && Array.isArray(value.keys)) return value.keys.filter((key) => typeof key === "string");
  if ("key" in value) return typeof value.key === "string" ? [value.key] : [];
  if ("changed" in value) return keysIn(value.changed);
  return [...("removed" in value ? keysIn(value.removed) : []), ...("restored" in value ? keysIn(value.restored) : [])];
}
