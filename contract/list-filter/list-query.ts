import { KEY } from "../key";
import { type Condition, conditionsWith, type FieldName, parseConditions } from "./condition";
import { isTimeText } from "./time-range";

/** What a list of artifacts is filtered by, as in the parameters of its URL: an empty text is no condition. */
export interface ListQuery {
  versions: "latest" | "all";
  keys: "any" | "none";
  type: string;
  key: string;
  flow: string;
  deployment: string;
  state: string | null;
  tags: string[];
  description: string;
  created: string;
  /** A query in the query language. */
  q: string;
  /** The conditions that no parameter above can express, as text. */
  where: string;
  /** The folder whose keys are listed, empty for the top one; null for all keys. */
  folder: string | null;
}

/** What artifacts can be filtered by. */
const FIELDS: readonly FieldName[] = [
  "type",
  "key",
  "description",
  "tag",
  "flow",
  "deployment",
  "run",
  "task",
  "state",
  "runtag",
  "created",
  "updated",
  "number",
  "rows",
  "size",
  "version",
  "versions",
  "label",
  "owner",
  "metadata",
];

const KEYLESS_FIELDS = FIELDS.filter(
  (field) => field !== "key" && field !== "version" && field !== "versions" && field !== "label" && field !== "owner",
);

/** What a list can be filtered by. */
export function filterFields({ keys }: Pick<ListQuery, "keys">): readonly FieldName[] {
  return keys === "none" ? KEYLESS_FIELDS : FIELDS;
}

/** The conditions of a list, without those that its rows cannot have. */
export function conditionsOf(query: ListQuery): Condition[] {
  const fields = filterFields(query);
  const conditions = conditionsWith(
    [
      ["key", "contains", query.key],
      ["type", "is", query.type],
      ["description", "contains", query.description],
      ["created", "in", query.created],
      ["flow", "is", query.flow],
      ["deployment", "is", query.deployment],
      ["state", "is", query.state],
      ["runtag", "all", query.tags],
    ],
    parseConditions(query.where, fields),
  );
  return conditions.filter(({ field }) => fields.includes(field));
}

/** The folder of a list: only lists of keys have one, and what cannot be one is the top one. */
export function folderOf({ folder, keys, versions }: Pick<ListQuery, "folder" | "keys" | "versions">): string | null {
  if (folder === null || keys === "none" || versions !== "latest") return null;
  return folder.endsWith("/") && KEY.test(folder.slice(0, -1)) ? folder : "";
}

/** The time (milliseconds) from which a list counts ages: that whose past it shows, at most now. */
export function timeOf(asOf?: string): number {
  return asOf ? Math.min(Date.parse(asOf), Date.now()) : Date.now();
}

/** Reads the parameters of a list's URL, as its page does: unknown parameters and values are ignored. */
export function parseListQuery(text: string): ListQuery {
  const parameters = new URLSearchParams(text);
  const value = (name: string) => parameters.get(name) ?? "";
  const created = value("created");
  return {
    versions: value("versions") === "all" ? "all" : "latest",
    keys: value("keys") === "none" ? "none" : "any",
    type: value("type"),
    key: value("key"),
    flow: value("flow"),
    deployment: value("deployment"),
    state: value("state"),
    // A comma within a tag is encoded once more.
    tags: value("tags")
      .split(",")
      .map((tag) => tag.replaceAll(/%2C/gi, ",")),
    description: value("description"),
    created: isTimeText(created) ? created : "",
    q: value("q"),
    where: value("where"),
    folder: parameters.get("folder"),
  };
}
