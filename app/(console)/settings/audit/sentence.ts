import type { Event, EventVerb } from "#contract/event";
import type { Json } from "#contract/json";
import { pluralize } from "#formats/number";
import { changedNames } from "../../_events/event-text";
import { artifactHref, keyHref } from "../../_list/artifact-url";
import { flowHref } from "../../_list/flow-link";

/** What an event did, in three parts; the second is a link where there is something to see. */
export interface Sentence {
  action: string;
  object: { name: string; href: string | null } | null;
  rest: string;
}

/** The verbs for display. */
export const VERB_NAMES: Record<EventVerb, string> = {
  "artifact.create": "Published",
  "artifact.update": "Edited",
  "artifact.revert": "Reverted",
  "artifact.remove": "Deleted",
  "artifact.restore": "Restored",
  "artifact.purge": "Deleted permanently",
  "collection.update": "Changed facts or tags",
  "collection.rename": "Renamed",
  "collection.label": "Changed a label",
  "flow.create": "Created a flow",
  "flow.update": "Changed a flow",
  "flow.remove": "Deleted a flow",
  "deployment.create": "Created a deployment",
  "deployment.update": "Changed a deployment",
  "deployment.remove": "Deleted a deployment",
  "flowRun.create": "Created a flow run",
  "flowRun.update": "Changed a flow run",
  "flowRun.remove": "Deleted a flow run",
  "taskRun.remove": "Deleted a task run",
  "view.create": "Saved a view",
  "view.update": "Changed a view",
  "view.remove": "Deleted a view",
  "session.start": "Signed in",
  "session.end": "Signed out",
  "apiKey.create": "Made an API key",
  "apiKey.update": "Changed an API key",
  "apiKey.revoke": "Revoked an API key",
  "person.remove": "Deleted a person",
  "person.signOut": "Signed out a person",
  "admin.protectLabels": "Changed protected labels",
  "database.import": "Imported",
  "database.restore": "Restored a backup",
  "event.purge": "Deleted old events",
};

const GROUPS: Record<string, string> = {
  artifact: "Artifacts",
  collection: "Artifacts",
  flow: "Flows and runs",
  deployment: "Flows and runs",
  flowRun: "Flows and runs",
  taskRun: "Flows and runs",
  view: "Views",
  session: "Access",
  apiKey: "Access",
  person: "Access",
  admin: "Access",
};

/** All verbs with their names, by what they are about. */
export function verbGroups(): [group: string, verbs: [verb: string, name: string][]][] {
  const groups = new Map<string, [string, string][]>();
  for (const entry of Object.entries(VERB_NAMES)) {
    const group = GROUPS[nounOf(entry[0])] ?? "Server";
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return [...groups];
}

const NOUNS: Record<string, { name: string; hrefOf?: (id: string) => string }> = {
  flow: { name: "flow", hrefOf: flowHref },
  deployment: { name: "deployment", hrefOf: (id) => `/runs/deployment/${id}` },
  flowRun: { name: "flow run", hrefOf: (id) => `/runs/flow-run/${id}` },
  taskRun: { name: "task run" },
  view: { name: "view", hrefOf: (id) => `/artifacts/view/${id}` },
  apiKey: { name: "API key" },
};

/** What an event did, to read beside who did it. */
export function sentenceOf(event: Event): Sentence {
  const { verb, before, after } = event;
  const noun = nounOf(verb);
  if (noun === "artifact" || noun === "collection") return ofArtifact(event);
  const known = NOUNS[noun];
  if (known) return ofNamed(event, known);
  switch (verb) {
    case "person.signOut":
      return plain(`Ended ${pluralize(countOf(after?.sessions), "session")} of a person`);
    case "admin.protectLabels":
      return plain(protection(textsOf(before?.labels), textsOf(after?.labels)));
    case "database.import":
      return plain(`Imported ${pluralize(countOf(after?.created), "row")}`);
    case "event.purge":
      return plain(`Deleted ${pluralize(countOf(after?.events), "event")} as too old`);
    default:
      return plain(isVerb(verb) ? VERB_NAMES[verb] : verb);
  }
}

/** The names of the fields that an event has, without those that are null, unless they were left out because of their size. */
export function fieldsOf({ before, after }: Pick<Event, "before" | "after">): string[] {
  const sides = [before ?? {}, after ?? {}];
  const names = new Set(sides.flatMap((side) => [...Object.keys(side), ...textsOf(side.cut)]));
  names.delete("cut");
  return [...names].filter((name) => sides.some((side) => side[name] != null || textsOf(side.cut).includes(name)));
}

function ofArtifact(event: Event): Sentence {
  const { verb, before, after } = event;
  const versions = typeof after?.versions === "number" ? after.versions : null;
  const object = objectOf(event, versions !== null || verb.startsWith("collection."));
  const of = (action: string, rest = ""): Sentence => ({ action, object, rest });
  const each = (action: string, rest = ""): Sentence =>
    versions === null
      ? of(action, rest)
      : of(`${action} ${pluralize(versions, "version")}${object === null ? "" : " of"}`, rest);
  const names = (fields: Event["before"]) => changedNames(fields).join(", ");
  switch (verb) {
    case "artifact.create":
      return each("Published");
    case "artifact.update":
      return names(before) === "" ? of("Saved", "without a change") : of(`Changed ${names(before)} of`);
    case "artifact.revert":
      return of("Reverted", `to before change ${after?.revertedTo}`);
    case "artifact.remove":
      return each("Deleted");
    case "artifact.restore":
      return each("Restored");
    case "artifact.purge":
      return each("Deleted", "permanently");
    case "collection.update":
      return names(after) === "" ? of("Saved the facts of", "without a change") : of(`Changed ${names(after)} of`);
    case "collection.rename":
      return of(`Renamed ${before?.key} to`);
    case "collection.label": {
      const label = after?.label ?? before?.label;
      const [from, to] = [before?.version ?? null, after?.version ?? null];
      if (to === null) return of(`Removed the label ${label} of`, `from v${from}`);
      return from === null
        ? of(`Set the label ${label} of`, `to v${to}`)
        : of(`Moved the label ${label} of`, `from v${from} to v${to}`);
    }
    default:
      return of(verb);
  }
}

/** A version as `key@version`, or its key alone. */
function objectOf({ verb, key, version, artifactId: id }: Event, isKey: boolean): Sentence["object"] {
  const isPurged = verb === "artifact.purge";
  if (key === null) {
    return id === null
      ? null
      : { name: "an artifact without a key", href: isPurged ? null : `/artifacts/artifact/${id}` };
  }
  if (isKey || version === null) return { name: key, href: isPurged ? null : keyHref(key) };
  return { name: `${key}@${version}`, href: isPurged ? null : artifactHref({ id: id ?? "", key, version }) };
}

function ofNamed({ verb, before, after }: Event, { name, hrefOf }: (typeof NOUNS)[string] & object): Sentence {
  const fields = after ?? before;
  const id = fields?.view ?? fields?.id;
  const href = after && hrefOf && typeof id === "string" ? hrefOf(id) : null;
  const object = { name: String(fields?.name ?? "without a name"), href };
  if (verb.endsWith(".update")) {
    const changed = fieldsOf({ before, after }).filter(
      (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]),
    );
    const words = changed.map((field) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
    return { action: `Changed ${words.join(", ")}${words.length > 0 ? " of " : ""}${name}`, object, rest: "" };
  }
  const [done = ""] = (isVerb(verb) ? VERB_NAMES[verb] : verb).split(" ");
  return { action: `${done} ${name}`, object, rest: "" };
}

function protection(before: string[], after: string[]): string {
  const added = after.filter((label) => !before.includes(label));
  const removed = before.filter((label) => !after.includes(label));
  const parts = [
    added.length > 0 && `Protected the label ${added.join(", ")}`,
    removed.length > 0 && `Removed the protection of ${removed.join(", ")}`,
  ].filter((part) => part !== false);
  return parts.join("; ") || "Saved the protected labels without a change";
}

function plain(action: string): Sentence {
  return { action, object: null, rest: "" };
}

function nounOf(verb: string): string {
  return verb.slice(0, verb.indexOf("."));
}

function isVerb(verb: string): verb is EventVerb {
  return Object.hasOwn(VERB_NAMES, verb);
}

function countOf(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
