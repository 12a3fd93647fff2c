import { expect, test } from "vitest";
import { browser, drizzle, environment, light } from "./boundaries";
import { cycles } from "./cycles";
import { papers } from "./doc-links";
import { ladder, routes } from "./layers";
import { lockfile } from "./lockfile";
import { restRoutes } from "./rest";
import { barrels, catches, median, names, nouns, size } from "./shape";
import type { Rule } from "./tree";
import { casts, crutches, escapes } from "./type-escapes";

/** The faults that a rule finds in a made-up tree. */
function faults(rule: Rule, tree: Record<string, string>): string[] {
  return rule(Object.entries(tree).map(([path, text]) => ({ path, text })));
}

const EMPTY = {
  "server/models/artifact.ts": "",
  "server/main.ts": "",
  "db/postgres.ts": "",
  "contract/artifact.ts": "",
};

test.each([
  ["contract/artifact.ts", 'import { x } from "#server/main";'],
  ["contract/artifact.ts", 'import { sql } from "drizzle-orm";'],
  ["db/postgres.ts", 'import { x } from "#server/main";'],
  ["server/models/flow.ts", 'import { x } from "#server/main";'],
  ["server/models/flow.ts", 'import { TRPCError } from "@trpc/server";'],
  ["client/connect.ts", 'import { appRouter } from "#server/main";'],
  ["client/connect.ts", 'import type { Database } from "#db/postgres";'],
  ["app/(console)/page.tsx", 'import { x } from "#server/models/artifact";'],
  ["app/(console)/page.tsx", 'const x = await import("#server/models/artifact");'],
  ["app/_ui/button.tsx", 'export { x } from "#contract/artifact";'],
  ["demo/main.ts", 'import { x } from "#db/postgres";'],
  ["e2e/main.spec.ts", 'import { x } from "#server/main";'],
  ["scripts/start.mjs", 'import "../server/main";'],
  ["server/door.ts", 'import { x } from "../contract/artifact";'],
  ["plugins/x.ts", "export const x = 1;"],
])("the ladder refuses, in %s, %s", (path, text) => {
  expect(faults(ladder, { ...EMPTY, [path]: text })).toHaveLength(1);
});

test.each([
  ["server/models/flow.ts", 'import { sql } from "drizzle-orm";\nimport { x } from "#contract/artifact";'],
  ["app/api/trpc/[trpc]/route.ts", 'import { x } from "#server/main";'],
  ["app/_data/server.tsx", 'import { x } from "#db/postgres";'],
  ["client/connect.test.ts", 'import { x } from "#server/main";'],
  ["app/(console)/page.tsx", '// import { x } from "#server/main";\nimport { x } from "#contract/artifact";'],
])("the ladder allows, in %s, %s", (path, text) => {
  expect(faults(ladder, { ...EMPTY, [path]: text })).toEqual([]);
});

test("the client may take AppRouter as a type only", () => {
  const tree = { "server/router.ts": "export type AppRouter = 1;" };
  expect(
    faults(ladder, { ...tree, "client/a.ts": 'import type { AppRouter } from "#server/routers/app-router";' }),
  ).toEqual([]);
  expect(
    faults(ladder, { ...tree, "client/a.ts": 'import { type AppRouter } from "#server/routers/app-router";' }),
  ).toEqual([]);
  expect(
    faults(ladder, { ...tree, "client/a.ts": 'import { AppRouter } from "#server/routers/app-router";' }),
  ).toHaveLength(1);
});

test("a page may not use another page's files, but its parents'", () => {
  const tree = { "app/a/page.tsx": "", "app/a/b/page.tsx": "", "app/c/page.tsx": "", "app/a/row.tsx": "" };
  expect(faults(routes, { ...tree, "app/a/b/x.tsx": 'import { r } from "#app/a/row";' })).toEqual([]);
  expect(faults(routes, { ...tree, "app/c/x.tsx": 'import { r } from "#app/a/row";' })).toHaveLength(1);
  expect(faults(routes, { ...tree, "app/c/x.tsx": 'import { r } from "../a/row";' })).toHaveLength(1);
});

test("a cycle is found through types too, and told as the way around", () => {
  const found = faults(cycles, {
    "db/a.ts": 'import type { B } from "./b";',
    "db/b.ts": 'import { C } from "./c";',
    "db/c.ts": 'import {\n  A,\n} from "./a";',
  });
  expect(found).toEqual([expect.stringContaining("db/a.ts → db/b.ts → db/c.ts → db/a.ts")]);
});

test("Drizzle, the driver and tables stay in the models and the store", () => {
  const tree = { "db/schema/flow.ts": "", "server/models/flow.ts": 'import { flow } from "#db/schema/flow";' };
  expect(faults(drizzle, { ...tree, "server/a.ts": 'import { flow } from "#db/schema/flow";' })).toHaveLength(1);
  expect(faults(drizzle, { ...tree, "server/a.ts": 'import { eq } from "drizzle-orm/pg-core";' })).toHaveLength(1);
  expect(faults(drizzle, tree)).toEqual([]);
});

test("a client file reaches no server value, not even through another file", () => {
  const tree = { "server/a.ts": "", "app/x.tsx": 'import { a } from "#server/a";' };
  expect(faults(browser, { ...tree, "app/y.tsx": '"use client";\nimport { x } from "./x";' })).toHaveLength(1);
  expect(faults(browser, { ...tree, "app/y.tsx": '"use client";\nimport type { x } from "./x";' })).toEqual([]);
});

test("a client file reaches no Zod, but types and plain constants", () => {
  const tree = {
    "contract/a.ts": 'import { z } from "zod";\nexport const A = z.string();',
    "contract/b.ts": "export const B = 1;",
    "app/x.tsx": 'import { A } from "#contract/a";',
  };
  expect(faults(light, { ...tree, "app/y.tsx": '"use client";\nimport { x } from "./x";' })).toHaveLength(1);
  const types = '"use client";\nimport type { A } from "#contract/a";\nimport { B } from "#contract/b";';
  expect(faults(light, { ...tree, "app/y.tsx": types })).toEqual([]);
});

test("the environment is read in one place of each program", () => {
  expect(faults(environment, { "app/a.tsx": "const x = process.env.PORT;" })).toHaveLength(1);
  expect(faults(environment, { "client/a.ts": "const x = globalThis.process?.env?.PORT;" })).toHaveLength(1);
  expect(
    faults(environment, {
      "server/env.ts": "process.env",
      "client/options.ts": "process?.env",
      "a.config.ts": "process.env",
    }),
  ).toEqual([]);
  expect(faults(environment, { "app/a.tsx": 'const x = "process.env"; // process.env' })).toEqual([]);
});

test("long files, drawers, barrels and lone nouns are refused", () => {
  expect(faults(size, { "db/a.ts": "x\n".repeat(251) })).toHaveLength(1);
  expect(faults(size, { "db/a.ts": "x\n".repeat(250) })).toEqual([]);
  expect(faults(median, { "db/a.ts": "x\n".repeat(81) })).toHaveLength(1);
  expect(
    faults(names, { "app/utils.ts": "", "app/lib/a.ts": "", "server/types.d.ts": "", "db/typed.ts": "" }),
  ).toHaveLength(3);
  expect(faults(barrels, { "app/a.ts": 'export * from "./b";\nexport { c } from "./c";' })).toHaveLength(1);
  expect(faults(barrels, { "app/a.ts": 'export { b } from "./b";\nexport const c = 1;' })).toEqual([]);
  expect(faults(nouns, { "server/routers/flow.ts": "router({})", "contract/flow.ts": "" })).toHaveLength(1);
  const family = { "server/routers/run.ts": "router({})", "server/models/flow-run.ts": "", "contract/run.ts": "" };
  expect(faults(nouns, family)).toEqual([]);
});

test("a REST route that names no procedure is found", () => {
  const tree = { "server/routers/flow-run.ts": "router({\n  read: reads.query(),\n  list: reads,\n})" };
  const page = (text: string) => ({ ...tree, "server/rest/routes.ts": text });
  expect(faults(restRoutes, page('route("GET /flow_runs/{id}", "flowRun.read", 200),'))).toEqual([]);
  expect(faults(restRoutes, page('route("GET /flow_runs/{id}", "flowRun.reed", 200),'))).toHaveLength(1);
  expect(faults(restRoutes, page('route("GET /flows/{id}", "flow.read", 200),'))).toHaveLength(1);
  expect(faults(restRoutes, page("route(request, name, 200),"))).toHaveLength(1);
});

test("a procedure or model that catches is refused", () => {
  expect(faults(catches, { "server/models/a.ts": "try { a(); } catch {}" })).toHaveLength(1);
  expect(faults(catches, { "server/main.ts": "try { a(); } catch {}" })).toEqual([]);
});

test("what overrules the type checker is counted, and nothing else", () => {
  const text = "const a: any = 1;\nconst b = c as unknown as Foo;\nd!.e();\n";
  expect(faults(escapes, { "db/a.ts": text })).toEqual(["db/a.ts:1 (any)", "db/a.ts:2 (a cast)", "db/a.ts:3 (!)"]);
  const fine =
    'import * as x from "x";\nimport { a as b } from "y";\nconst c = [1] as const;\nif (!a || a != b) any();\n';
  expect(faults(escapes, { "db/a.ts": fine })).toEqual([]);
  expect(faults(casts, { "db/a.ts": text })).toHaveLength(1);
  expect(faults(casts, { "db/a.ts": `const b = c as Foo;\n${"x;\n".repeat(998)}` })).toEqual([]);
});

test("sleeps, retries, snapshots and mocks are refused in tests", () => {
  const text = "page.waitForTimeout(1);\nexpect(a).toMatchSnapshot();\nvi.mock(a);\nconst config = { retries: 2 };\n";
  expect(faults(crutches, { "e2e/a.spec.ts": text })).toHaveLength(4);
});

test("a paper names only what is there", () => {
  const tree = { "docs/a.md": "", "server/models/a.ts": "" };
  expect(
    faults(papers, { ...tree, "README.md": "See `docs/a.md`, `server/models/**`, `dist/main.js`, `a/b`." }),
  ).toEqual([]);
  expect(faults(papers, { ...tree, "docs/b.md": "See `a.md`." })).toEqual([]);
  expect(faults(papers, { ...tree, "README.md": "See `docs/gone.md`, `gone/` and `gone.ts`." })).toHaveLength(3);
});

test("the lock file names no registry and leaves out no platform", () => {
  const lock = (packages: object) => ({ "package-lock.json": JSON.stringify({ packages }) });
  expect(faults(lockfile, lock({ "node_modules/a": { resolved: "https://r.example/a.tgz" } }))).toHaveLength(1);
  expect(faults(lockfile, lock({ "node_modules/a": { optionalDependencies: { "a-mac": "1.0.0" } } }))).toHaveLength(1);
  const whole = {
    "node_modules/a": { optionalDependencies: { "a-mac": "1" } },
    "node_modules/a/node_modules/a-mac": {},
  };
  expect(faults(lockfile, lock(whole))).toEqual([]);
});
