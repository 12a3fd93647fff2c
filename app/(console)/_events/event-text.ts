import type { Event } from "#contract/event";
import { pluralize } from "#formats/number";

const OF_DATA = new Set(["size", "rows", "number"]);
const NO_FIELDS = new Set(["cut", "revision", "revertedTo", "versions", "removal", "label", "version"]);

/** The names of changed fields, in the order in which an event has them, with the data as one. */
export function changedNames(fields: Event["before"]): string[] {
  const names = Object.keys(fields ?? {}).filter((name) => !NO_FIELDS.has(name));
  return [...new Set(names.map((name) => (OF_DATA.has(name) ? "data" : name)))].sort(
    (a, b) => Number(a === "data") - Number(b === "data"),
  );
}

/** What an event did, to follow the name of who did it. */
export function eventText({ verb, version, before, after }: Event): string {
  const name = version === null ? "it" : `v${version}`;
  const versions = typeof after?.versions === "number" ? pluralize(after.versions, "version") : null;
  switch (verb) {
    case "artifact.create":
      return versions === null ? `published ${name}` : `published ${versions}, the last ${name}`;
    case "artifact.update": {
      const names = changedNames(before);
      return names.length > 0 ? `changed ${names.join(", ")} of ${name}` : `saved ${name} without a change`;
    }
    case "artifact.revert":
      return `reverted ${name} to before change ${after?.revertedTo}`;
    case "artifact.remove":
      return `deleted ${versions ?? name}`;
    case "artifact.restore":
      return `restored ${versions ?? name}`;
    case "artifact.purge":
      return `deleted ${versions ?? name} permanently`;
    case "collection.update": {
      const names = changedNames(after);
      return names.length > 0 ? `changed ${names.join(", ")} of the artifact` : "saved the facts without a change";
    }
    case "collection.label":
      return labelText(before, after);
    case "collection.rename":
      return `renamed the key, which was ${before?.key}`;
    default:
      return `${verb} ${name}`;
  }
}

function labelText(before: Event["before"], after: Event["after"]): string {
  const label = after?.label ?? before?.label;
  const [from, to] = [before?.version ?? null, after?.version ?? null];
  if (to === null) return `removed a label, ${label}: v${from}`;
  return from === null ? `set a label, ${label}: v${to}` : `moved a label, ${label}: v${from} → v${to}`;
}

/** Who did it: a name, with what the caller claimed to be. */
export function actorText({ actor, service }: Pick<Event, "actor" | "service">): string {
  const name = actor === null ? "unknown" : actor.kind === "local" ? "local user" : actor.name;
  return service === null ? name : `${name} (${service})`;
}
