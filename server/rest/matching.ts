import type { Given, Route } from "./route";
import { routes } from "./routes";
import { idOf } from "./value";

interface Pattern {
  route: Route;
  segments: string[];
}

const patterns: Pattern[] = routes.map((each) => ({ route: each, segments: each.path.split("/").slice(1) }));

const nouns = new Set(patterns.map(({ segments }) => segments[0] ?? ""));

/** Whether a path under `/api` is one of the dialect's nouns. */
export function isNoun(path: string): boolean {
  return nouns.has(path.split("/")[1] ?? "");
}

/** The routes of a path, whatever the method, each with what its path gives. A name that is no id or key has no route. */
export function routesAt(path: string): { route: Route; given: Given }[] {
  const sent = path.replace(/\/$/, "").split("/").slice(1);
  return patterns.flatMap(({ route: each, segments }) => {
    const given = segments.length === sent.length ? givenBy(segments, sent) : null;
    return given ? [{ route: each, given }] : [];
  });
}

function givenBy(segments: readonly string[], sent: readonly string[]): Given | null {
  const given: Given = {};
  for (const [index, segment] of segments.entries()) {
    const text = decodeURIComponent(sent[index] ?? "");
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (!name && segment !== text) return null;
    if (name === "id" && idOf(text) === null) return null;
    if (name) given[name] = name === "id" ? idOf(text) : text;
  }
  return given;
}
