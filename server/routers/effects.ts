import type { ChangedKind, ChangeMessage } from "#contract/changes";

const RESYNC: ChangeMessage = { type: "resync" };

/** What each write changes. One that is not named here counts as a change of anything, which costs readers more. */
export const EFFECTS: Record<string, readonly ChangedKind[] | "anything"> = {
  "artifact.create": ["artifact"],
  "artifact.createMany": ["artifact"],
  "artifact.update": ["artifact"],
  "artifact.remove": ["artifact", "trash"],
  "artifact.removeMany": ["artifact", "trash"],
  "artifact.restore": ["artifact", "trash"],
  "artifact.restoreMany": ["artifact", "trash"],
  "collection.remove": ["artifact", "trash"],
  "collection.removeMany": ["artifact", "trash"],
  // Its answer names no keys.
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
  "flowRun.remove": ["flowRun", "taskRun"],
  "taskRun.create": ["taskRun"],
  "taskRun.update": ["taskRun"],
  "taskRun.remove": ["taskRun"],
  "admin.import": "anything",
  // What it changes is told when the backup takes its place.
  "admin.restore": [],
};

/** What a write that succeeded changed, by its name, its input and its answer: the keys are those that they name. */
export function changeMessageOf(path: string, input: unknown, answer: unknown): ChangeMessage {
  const kinds = EFFECTS[path];
  if (!kinds || kinds === "anything") return RESYNC;
  return { type: "changed", kinds: [...kinds], keys: [...keysIn(input), ...keysIn(answer)] };
}

/** The keys of a row, of rows, of what was removed or restored, and those that are named as such. */
function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (typeof value !== "object" || value === null) return [];
  if ("keys" in value && Array.isArray(value.keys)) return value.keys.filter((key) => typeof key === "string");
  if ("key" in value) return typeof value.key === "string" ? [value.key] : [];
  return [...("removed" in value ? keysIn(value.removed) : []), ...("restored" in value ? keysIn(value.restored) : [])];
}
