import type { RequestFields, Route } from "./route";
import { routes } from "./routes";
import { parseId } from "./value";

interface Pattern {
  route: Route;
  segments: string[];
}

const patterns: Pattern[] = routes.map((each) => ({ route: each, segments: each.path.split("/").slice(1) }));

const resources = new Set(patterns.map(({ segments }) => segments[0] ?? ""));

/** Whether a path under `/api` starts with a resource of Prefect's API. */
export function isResource(path: string): boolean {
  return resources.has(path.split("/")[1] ?? "");
}

/** The routes of a path for any method, each with its path parameters. A malformed id matches no route. */
export function matchRoutes(path: string): { route: Route; parameters: RequestFields }[] {
  const sent = path.replace(/\/$/, "").split("/").slice(1);
  return patterns.flatMap(({ route: each, segments }) => {
    const parameters = segments.length === sent.length ? matchSegments(segments, sent) : null;
    return parameters ? [{ route: each, parameters }] : [];
  });
}

function matchSegments(segments: readonly string[], sent: readonly string[]): RequestFields | null {
  const parameters: RequestFields = {};
  for (const [index, segment] of segments.entries()) {
    const text = decodeURIComponent(sent[index] ?? "");
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (!name && segment !== text) return null;
    if (name === "id" && parseId(text) === null) return null;
    if (name) parameters[name] = name === "id" ? parseId(text) : text;
  }
  return parameters;
}
