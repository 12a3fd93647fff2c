import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import { Id, Key } from "#contract/value";
import type { Database } from "#db/postgres";
import { expectOwn, expectReached, type RunNoun, reachable, reachedIds } from "#server/models/reach";
import { notFoundError } from "#server/models/version";

/** Checks the input of a mutation, which is not validated yet: what is not valid is left to its schema. */
type Check = (input: unknown, keys: string, db: Database) => void | Promise<void>;

/**
 * How a procedure is limited to key patterns. `filtered`: it reads the tables of `reachable` alone. `model`: its model
 * leaves out what the author does not reach. `refused`: it requires a role without patterns.
 */
type Limit = "filtered" | "model" | "refused" | Check;

/** The message of an error for what a role with key patterns may not do. @param what the subject of a sentence */
export function limitedError(keys: string, what: string): VitrineError {
  return new VitrineError(
    "FORBIDDEN",
    `${what} requires a role that is not limited to keys; yours is limited to "${keys}".`,
  );
}

/** For what no role with key patterns may do. @throws VitrineError FORBIDDEN */
export function expectUnlimited(keys: string | null, what: string): void {
  if (keys !== null) throw limitedError(keys, what);
}

const createsOne: Check = (input, keys) => expectCreatable(Object(input), keys, "key");

const createsMany: Check = (input, keys) => {
  const { items } = Object(input);
  if (!Array.isArray(items)) return;
  for (const [index, item] of items.entries()) expectCreatable(Object(item), keys, `items[${index}].key`);
};

/** What is outside does not tell whether it exists: the pattern alone decides. */
function expectCreatable({ key }: { key?: unknown }, keys: string, field: string): void {
  if (key != null && !Key.safeParse(key).success) return;
  if (reachesKey(keys, key == null ? null : String(key))) return;
  throw new VitrineError("FORBIDDEN", `The field "${field}" must match "${keys}", to which your role is limited.`, {
    field,
  });
}

const ofVersion: Check = async (input, keys, db) => {
  const { id, key, version } = Object(input);
  const byId = Id.safeParse(id);
  const outside = byId.success
    ? (await reachedIds(db, [byId.data], keys)).length === 0
    : typeof key === "string" && !reachesKey(keys, key);
  if (!outside) return;
  throw await notFoundError(reachable(db, keys), byId.success ? { id: byId.data } : { key, version });
};

const ofTrash: Check = async (input, keys, db) => {
  const id = Id.safeParse(Object(input).id);
  if (!id.success || (await reachedIds(db, [id.data], keys)).length > 0) return;
  throw new VitrineError("NOT_FOUND", "The trash has no such artifact.");
};

const ofKey: Check = (input, keys) => {
  const key = Key.safeParse(Object(input).key);
  if (!key.success || reachesKey(keys, key.data)) return;
  throw new VitrineError("NOT_FOUND", `Key "${key.data}" has no versions.`, { key: key.data });
};

/** What of a mutation of runs names rows that must be reached, or that the role may change. */
function ofRuns(reached: Record<string, RunNoun>, own: Record<string, RunNoun> = {}): Check {
  return async (input, keys, db) => {
    for (const [expect, fields] of [
      [expectReached, reached],
      [expectOwn, own],
    ] as const) {
      for (const [field, table] of Object.entries(fields)) {
        const id = Id.safeParse(Object(input)[field]);
        const named = field === "id" || field === "flowId" || field === "flowRunId" ? undefined : field;
        if (id.success) await expect(db, table, id.data, keys, named);
      }
    }
  };
}

/** What roles with the same patterns created may be changed; deleting would delete what others created in it. */
const RUNS: Record<string, Limit> = {
  "flow.create": "model",
  "flow.update": ofRuns({}, { id: "flow" }),
  "flow.remove": "refused",
  "deployment.create": ofRuns({ flowId: "flow" }),
  "deployment.update": ofRuns({}, { id: "deployment" }),
  "deployment.remove": "refused",
  "flowRun.create": ofRuns({ flowId: "flow", deploymentId: "deployment" }, { parentTaskRunId: "taskRun" }),
  "flowRun.update": ofRuns({}, { id: "flowRun" }),
  "flowRun.propose": ofRuns({}, { id: "flowRun" }),
  "flowRun.remove": "refused",
  "taskRun.create": ofRuns({ flowRunId: "flowRun" }),
  "taskRun.record": "model",
  "taskRun.update": ofRuns({}, { id: "taskRun" }),
  "taskRun.remove": "refused",
};

/** Every procedure; one that is missing here is refused. */
export const LIMITS: Readonly<Record<string, Limit>> = {
  "artifact.create": createsOne,
  "artifact.createMany": createsMany,
  "artifact.makeLatest": ofVersion,
  "artifact.read": "filtered",
  "artifact.list": "filtered",
  "artifact.page": "filtered",
  "artifact.count": "filtered",
  "artifact.facets": "filtered",
  "artifact.update": ofVersion,
  "artifact.tagMany": "model",
  "artifact.history": "filtered",
  "artifact.revisions": "filtered",
  "artifact.revision": "filtered",
  "artifact.revert": ofVersion,
  "artifact.remove": ofVersion,
  "artifact.removeMany": "model",
  "artifact.restore": ofTrash,
  "artifact.restoreMany": "model",
  "collection.latest": "filtered",
  "collection.knownSince": "filtered",
  "collection.about": "filtered",
  "collection.update": ofKey,
  "collection.tagMany": "model",
  "collection.label": ofKey,
  "collection.labels": "filtered",
  "collection.unread": "filtered",
  "collection.markRead": ofKey,
  "collection.markAllRead": "model",
  "collection.pins": "filtered",
  "collection.pin": ofKey,
  "collection.unpin": "model",
  "collection.list": "filtered",
  "collection.page": "filtered",
  "collection.count": "filtered",
  "collection.facets": "filtered",
  "collection.folders": "filtered",
  "collection.series": "filtered",
  "collection.trends": "filtered",
  "collection.history": "filtered",
  "collection.sameData": "filtered",
  "collection.rename": (input, keys, db) => {
    ofKey(input, keys, db);
    expectCreatable({ key: Object(input).to }, keys, "to");
  },
  "collection.renamedTo": "filtered",
  "collection.remove": ofKey,
  "collection.removeMany": "model",
  "trash.list": "filtered",
  "trash.page": "filtered",
  "trash.count": "filtered",
  "trash.restoreRemoval": "model",
  "trash.purge": "model",
  "flow.read": "filtered",
  "flow.list": "filtered",
  "flow.page": "filtered",
  "flow.count": "filtered",
  "deployment.read": "filtered",
  "deployment.list": "filtered",
  "deployment.page": "filtered",
  "deployment.count": "filtered",
  "deployment.countBy": "filtered",
  "flowRun.read": "filtered",
  "flowRun.list": "filtered",
  "flowRun.page": "filtered",
  "flowRun.count": "filtered",
  "flowRun.facets": "filtered",
  "flowRun.artifactCounts": "filtered",
  "flowRun.history": "filtered",
  "taskRun.read": "filtered",
  "taskRun.list": "filtered",
  "taskRun.page": "filtered",
  "taskRun.count": "filtered",
  "taskRun.countBy": "filtered",
  "taskRun.history": "filtered",
  ...RUNS,
  "changes.watch": "filtered",
  "search.best": "filtered",
  "search.pending": "filtered",
  "search.why": "filtered",
  "event.list": "refused",
  "event.page": "refused",
  "event.count": "refused",
  "event.actors": "refused",
  "person.list": "refused",
  "person.count": "refused",
  "person.remove": "refused",
  "view.list": "filtered",
  "view.read": "filtered",
  "view.default": "filtered",
  "view.create": "model",
  "view.update": "model",
  "view.remove": "model",
  "view.setDefault": "model",
  "person.signOut": "refused",
  "apiKey.list": "refused",
  "apiKey.create": "refused",
  "apiKey.update": "refused",
  "apiKey.revoke": "refused",
  "admin.doctor": "refused",
  "admin.checkData": "refused",
  "admin.checkFiles": "refused",
  "admin.checkSearch": "refused",
  "admin.repairFiles": "refused",
  "admin.repairSearch": "refused",
  "admin.moveData": "refused",
  "admin.database": "refused",
  "admin.protectedLabels": "refused",
  "admin.protectLabels": "refused",
  "admin.import": "refused",
  "admin.known": "refused",
  "admin.restore": "refused",
};

/** Whether a role with key patterns may call a procedure, which is then limited to them. */
export function isLimited(path: string): boolean {
  return (LIMITS[path] ?? "refused") !== "refused";
}

/** The limit of a procedure for a role with key patterns. @throws VitrineError FORBIDDEN where it is refused */
export function limitOf(path: string, keys: string): Exclude<Limit, "refused"> {
  const limit = LIMITS[path] ?? "refused";
  if (limit === "refused") throw limitedError(keys, `The procedure ${path}`);
  return limit;
}
