import type { Route } from "./route";

const NOUNS: Record<string, [string, string]> = {
  artifact: ["an artifact", "artifacts"],
  collection: ["the latest version of a key", "the latest version of every key"],
  flow: ["a flow", "flows"],
  deployment: ["a deployment", "deployments"],
  flowRun: ["a flow run", "flow runs"],
  taskRun: ["a task run", "task runs"],
};

/** What a route does, by its procedure, unless it says so itself. */
export function sentenceOf({ procedure, says, known }: Route): string {
  if (says) return says;
  const [noun = "", verb = ""] = procedure.split(".");
  const [one = noun, many = noun] = NOUNS[noun] ?? [];
  switch (verb) {
    case "create":
      return known === undefined ? `Make ${one}.` : `Make ${one}, or find the one that is there already.`;
    case "read":
    case "latest":
      return `Read ${one}.`;
    case "list":
      return `List ${many} that match a filter.`;
    case "count":
      return `Count ${many} that match a filter.`;
    case "update":
      return `Change ${one}: what is not sent stays, null clears.`;
    default:
      return `Delete ${one}.`;
  }
}
