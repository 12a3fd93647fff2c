import type { RequestFields, Route } from "./route";
import { routes } from "./routes";
import { parseId } from "./value";

interface Segment {
  text: string;
  /** Of the parameter that it is, if it is one. */
  name: string | undefined;
}

interface Pattern {
  route: Route;
  segments: Segment[];
}

const patterns: Pattern[] = routes.map((each) => ({ route: each, segments: segmentsOf(each.path) }));

/** The patterns of each resource, which is the first segment of a path. */
const resources = new Map<string, Pattern[]>();
for (const pattern of patterns) {
  const resource = pattern.segments[0]?.text ?? "";
  resources.set(resource, [...(resources.get(resource) ?? []), pattern]);
}

function segmentsOf(path: string): Segment[] {
  return path
    .split("/")
    .slice(1)
    .map((text) => ({ text, name: /^\{(\w+)\}$/.exec(text)?.[1] }));
}

/** Whether a path under `/api` starts with a resource of Prefect's API. */
export function isResource(path: string): boolean {
  return resources.has(path.split("/")[1] ?? "");
}

/** The routes of a path for any method, each with its path parameters. A malformed id matches no route. */
export function matchRoutes(path: string): { route: Route; parameters: RequestFields }[] {
  const sent = path.replace(/\/$/, "").split("/").slice(1).map(decodeURIComponent);
  const found = resources.get(sent[0] ?? "") ?? [];
  return found.flatMap(({ route: each, segments }) => {
    const parameters = segments.length === sent.length ? matchSegments(segments, sent) : null;
    return parameters ? [{ route: each, parameters }] : [];
  });
}

function matchSegments(segments: readonly Segment[], sent: readonly string[]): RequestFields | null {
  const parameters: RequestFields = {};
  for (const [index, { text: expected, name }] of segments.entries()) {
    const text = sent[index] ?? "";
    if (!name && expected !== text) return null;
    if (name === "id" && parseId(text) === null) return null;
    if (name) parameters[name] = name === "id" ? parseId(text) : text;
  }
  return parameters;
}
