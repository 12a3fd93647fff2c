import { codeOf, lineAt } from "./scan";
import type { Rule } from "./tree";

const ROUTES = "server/rest/routes.ts";

/** A line of the routes page: `route("GET /flows/{id}", "flow.read", …`. */
const ROUTE = /\broute\(\s*"[A-Z]+ [^"]+",\s*"(\w+)\.(\w+)"/g;

/** Every REST route names an existing procedure: a verb that its noun's router has. */
export const restRoutes: Rule = (files) => {
  const page = files.find(({ path }) => path === ROUTES);
  if (!page) return [];
  const verbs = new Map(
    files.flatMap(({ path, text }) => {
      const noun = /^server\/routers\/([\w-]+)\.ts$/.exec(path)?.[1];
      return noun ? [[noun, [...codeOf(text).matchAll(/^ {2}(\w+): \w+/gm)].map(([, verb]) => verb)] as const] : [];
    }),
  );
  const found = [...page.text.matchAll(ROUTE)];
  const unread = [...codeOf(page.text).matchAll(/\broute\(/g)].length - found.length;
  return [
    ...found.flatMap(({ 1: noun = "", 2: verb = "", index }) => {
      const file = noun.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      if (verbs.get(file)?.includes(verb)) return [];
      return [
        `${ROUTES}:${lineAt(page.text, index)} names the procedure ${noun}.${verb}, which server/routers/${file}.ts has not.`,
      ];
    }),
    ...(unread > 0
      ? [`${ROUTES} has ${unread} routes whose method, path and procedure are not written in place.`]
      : []),
  ];
};
