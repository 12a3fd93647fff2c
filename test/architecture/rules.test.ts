import { describe, expect, it } from "vitest";
import { noServerInBrowser, noZodInBrowser } from "./browser";
import { conflictMarkers } from "./conflict-markers";
import { docLinks } from "./doc-links";
import { dependencyReasons, documentedCommands, documentedVariables } from "./documents";
import { errorHandling } from "./error-handling";
import { folderCycles } from "./folder-cycles";
import { layers, routes } from "./layers";
import { lockfile } from "./lockfile";
import { catchAllNames, filesPerFolder, linesPerFile, nouns, smallFiles, testRatio, tsxWithJsx } from "./structure";
import { testAntipatterns } from "./test-antipatterns";
import type { Rule } from "./tree";
import { escapesIn, typeEscapes } from "./type-escapes";
import { splitWords, words } from "./words";

/** The violations in a tree of paths and texts. */
function violations(rule: Rule, tree: Record<string, string>): string[] {
  return rule(Object.entries(tree).map(([path, text]) => ({ path, text })));
}

describe("layers", () => {
  const EXISTING = {
    "contract/artifact.ts": "",
    "db/postgres.ts": "",
    "server/main.ts": "",
    "server/models/artifact.ts": "",
    "server/routers/app-router.ts": "",
    "test/database.ts": "",
  };

  it.each([
    ["contract/artifact.ts", 'import { x } from "#server/main";'],
    ["db/postgres.ts", 'import { x } from "#server/main";'],
    ["server/models/flow.ts", 'import { x } from "../main";'],
    ["client/connect.ts", 'import { appRouter } from "#server/main";'],
    ["client/connect.ts", 'import type { Database } from "#db/postgres";'],
    ["app/(console)/page.tsx", 'import { x } from "#server/models/artifact";'],
    ["app/(console)/page.tsx", 'const x = await import("#server/models/artifact");'],
    ["app/_ui/button.tsx", 'export { x } from "#contract/artifact";'],
    ["demo/main.ts", 'import { x } from "#db/postgres";'],
    ["e2e/main.spec.ts", 'import { x } from "#server/main";'],
    ["scripts/start.mjs", 'import "../server/main";'],
    ["server/main.ts", 'import { x } from "../contract/artifact";'],
    ["server/start.ts", 'import { x } from "#test/database";'],
    ["plugins/x.ts", "export const x = 1;"],
  ])("rejects in %s: %s", (path, text) => {
    expect(violations(layers, { ...EXISTING, [path]: text })).toHaveLength(1);
  });

  it.each([
    ["server/models/flow.ts", 'import { x } from "./artifact";\nimport { y } from "#contract/artifact";'],
    ["app/api/trpc/[trpc]/route.ts", 'import { x } from "#server/main";'],
    ["app/_data/server.ts", 'import { x } from "#db/postgres";'],
    ["client/connect.test.ts", 'import { x } from "#server/main";'],
    ["server/start.test.ts", 'import { x } from "#test/database";'],
    ["app/(console)/page.tsx", '// import { x } from "#server/main";\nimport { x } from "#contract/artifact";'],
    ["app/(console)/page.tsx", 'const text = `import { x } from "#server/main"`;'],
  ])("accepts in %s: %s", (path, text) => {
    expect(violations(layers, { ...EXISTING, [path]: text })).toEqual([]);
  });

  it("lets the client import the router as a type only", () => {
    const inClient = (text: string) => violations(layers, { ...EXISTING, "client/a.ts": text });
    expect(inClient('import type { AppRouter } from "#server/routers/app-router";')).toEqual([]);
    expect(inClient('import { type AppRouter } from "#server/routers/app-router";')).toEqual([]);
    expect(inClient('import { AppRouter } from "#server/routers/app-router";')).toHaveLength(1);
  });
});

describe("folder cycles", () => {
  it("finds subfolders that import each other, through types too", () => {
    const tree = {
      "server/http/a.ts": 'import type { B } from "../rest/b";',
      "server/http/c.ts": "",
      "server/rest/b.ts": 'import { c } from "../http/c";',
    };
    expect(violations(folderCycles, tree)).toEqual([
      "server: http → rest → http is a cycle (server/http/a.ts:1; server/rest/b.ts:1): move what they share below them.",
    ]);
  });

  it("counts the direct files of a folder as one member", () => {
    const tree = { "db/a.ts": 'import { b } from "./embedded/deep/b";', "db/embedded/deep/b.ts": "", "db/c.ts": "" };
    expect(violations(folderCycles, tree)).toEqual([]);
    expect(violations(folderCycles, { ...tree, "db/embedded/d.ts": 'import { c } from "../c";' })).toHaveLength(1);
  });

  it("finds longer circles", () => {
    const tree = {
      "app/_a/a.ts": 'import { b } from "#app/_b/b";',
      "app/_b/b.ts": 'import { c } from "#app/_c/c";',
      "app/_c/c.ts": 'import { d } from "#app/_a/d";',
      "app/_a/d.ts": "",
    };
    expect(violations(folderCycles, tree)).toEqual([expect.stringMatching(/^app: _a → _b → _c → _a is a cycle/)]);
  });

  it("finds pairs of top folders", () => {
    const tree = { "db/a.ts": 'import { x } from "#server/x";', "server/x.ts": 'import { a } from "#db/a";' };
    expect(violations(folderCycles, tree)).toHaveLength(1);
  });

  it("leaves out tests and test support", () => {
    const tree = { "db/a.test.ts": 'import { x } from "#server/x";', "db/b.ts": "", "test/c.ts": 'import "#db/b";' };
    expect(violations(folderCycles, { ...tree, "server/x.ts": 'import { b } from "#db/b";' })).toEqual([]);
  });
});

describe("routes", () => {
  it("rejects files of another page, and accepts those of a parent", () => {
    const tree = { "app/a/page.tsx": "", "app/a/b/page.tsx": "", "app/c/page.tsx": "", "app/a/row.tsx": "" };
    expect(violations(routes, { ...tree, "app/a/b/x.tsx": 'import { r } from "../row";' })).toEqual([]);
    expect(violations(routes, { ...tree, "app/c/x.tsx": 'import { r } from "../a/row";' })).toHaveLength(1);
  });
});

describe("browser", () => {
  it("finds server code that a client file imports through another file", () => {
    const tree = { "server/a.ts": "", "app/x.tsx": 'import { a } from "#server/a";' };
    const inClient = (text: string) =>
      violations(noServerInBrowser, { ...tree, "app/y.tsx": `"use client";\n${text}` });
    expect(inClient('import { x } from "./x";')).toHaveLength(1);
    expect(inClient('import type { x } from "./x";')).toEqual([]);
  });

  it("finds Zod, and accepts types and plain constants beside it", () => {
    const tree = {
      "contract/a.ts": 'import { z } from "zod";\nexport const A = z.string();',
      "contract/b.ts": "export const B = 1;",
    };
    const inClient = (text: string) => violations(noZodInBrowser, { ...tree, "app/y.tsx": `"use client";\n${text}` });
    expect(inClient('import { A } from "#contract/a";')).toHaveLength(1);
    expect(inClient('import type { A } from "#contract/a";\nimport { B } from "#contract/b";')).toEqual([]);
  });
});

describe("structure", () => {
  it("rejects catch-all names", () => {
    const tree = { "app/utils.ts": "", "app/lib/a.ts": "", "server/types.d.ts": "", "db/typed.ts": "" };
    expect(violations(catchAllNames, tree)).toHaveLength(3);
    expect(violations(catchAllNames, { "app/(console)/_viewers/shared/a.ts": "" })).toEqual([]);
  });

  it("rejects more than 20 source files in a folder, but not tests or siblings of one kind", () => {
    const folder = (name: string, count: number, ending = ".ts") =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}/f${i}${ending}`, ""]));
    expect(violations(filesPerFolder, folder("server/http", 21))).toHaveLength(1);
    expect(violations(filesPerFolder, folder("server/http", 20))).toEqual([]);
    expect(violations(filesPerFolder, folder("server/http", 21, ".test.ts"))).toEqual([]);
    expect(violations(filesPerFolder, folder("server/models", 30))).toEqual([]);
  });

  it("rejects a file of more than 400 lines, also in one text", () => {
    const text = (lines: number) => `export const a = \`\n${"a\n".repeat(lines - 2)}\`;\n`;
    expect(violations(linesPerFile, { "server/a.test.ts": text(401), "server/b.ts": text(400) })).toHaveLength(1);
    expect(violations(linesPerFile, { "app/a.css": "\n".repeat(401), "docs/a.md": "\n".repeat(401) })).toHaveLength(1);
    expect(violations(linesPerFile, { "client/procedures.ts": text(401) })).toEqual([]);
  });

  it("rejects a small file with a single importer", () => {
    const tree = { "db/a.ts": "export const a = 1;\n".repeat(24), "db/b.ts": 'import { a } from "./a";' };
    expect(violations(smallFiles, tree)).toHaveLength(1);
    expect(violations(smallFiles, { ...tree, "db/c.ts": 'import { a } from "./a";' })).toEqual([]);
    expect(violations(smallFiles, { ...tree, "db/c.test.ts": 'import { a } from "./a";' })).toHaveLength(1);
    expect(violations(smallFiles, { ...tree, "db/a.ts": "x;\n".repeat(25) })).toEqual([]);
    expect(violations(smallFiles, { ...tree, "db/b.ts": 'await import("./a");' })).toEqual([]);
    expect(violations(smallFiles, { "app/a.tsx": '"use client";', "app/b.tsx": 'import { a } from "./a";' })).toEqual(
      [],
    );
  });

  it("rejects .tsx without JSX", () => {
    expect(violations(tsxWithJsx, { "app/a.tsx": "export const a = <T,>(value: T) => value < 1;" })).toHaveLength(1);
    expect(violations(tsxWithJsx, { "app/a.tsx": "export const a = <p>text</p>;", "app/b.ts": "" })).toEqual([]);
  });

  it("rejects a router without its contract or model", () => {
    const router = { "server/routers/flow.ts": "export const flow = router({})", "contract/flow.ts": "" };
    expect(violations(nouns, router)).toHaveLength(1);
    expect(violations(nouns, { ...router, "server/models/flow.ts": "" })).toEqual([]);
    const family = { "server/routers/run.ts": "export const run = router({})", "server/models/flow-run.ts": "" };
    expect(violations(nouns, { ...family, "contract/run.ts": "" })).toEqual([]);
  });

  it("rejects less than one line of tests for two of production code", () => {
    const tree = { "db/a.ts": "x;\n".repeat(4), "demo/b.ts": "x;\n".repeat(100) };
    expect(violations(testRatio, { ...tree, "db/a.test.ts": "x;\n".repeat(2) })).toEqual([]);
    expect(violations(testRatio, { ...tree, "db/a.test.ts": "x;\n", "test/b.ts": "x;\n" })).toHaveLength(1);
  });
});

describe("type escapes", () => {
  it("counts any, casts and !, and nothing else", () => {
    const text = "const a: any = 1;\nconst b = c as unknown as Foo;\nd!.e();\nconst f = <Foo>g;\n";
    expect(escapesIn({ path: "db/a.ts", text })).toEqual([
      "db/a.ts:1 (any)",
      "db/a.ts:2 (cast)",
      "db/a.ts:3 (!)",
      "db/a.ts:4 (cast)",
    ]);
    const fine = [
      'import * as x from "x";',
      'import { a as b } from "y";',
      "const c = [1] as const;",
      "const e = {} satisfies object;",
      "if (!a || a != b) any();",
      "const d = <p>shown as text, as a table, as any</p>;",
    ];
    expect(escapesIn({ path: "app/a.tsx", text: fine.join("\n") })).toEqual([]);
  });

  it("allows one per 1,000 production lines", () => {
    const cast = "const b = c as Foo;\n";
    expect(violations(typeEscapes, { "db/a.ts": cast + "x;\n".repeat(999) })).toEqual([]);
    expect(violations(typeEscapes, { "db/a.ts": cast + "x;\n".repeat(998) })).toHaveLength(1);
    expect(violations(typeEscapes, { "db/a.ts": cast, "db/a.test.ts": "x;\n".repeat(2_000) })).toHaveLength(1);
    expect(violations(typeEscapes, { "db/a.test.ts": cast })).toEqual([]);
  });
});

it.each(["try { a(); } catch {}", "a().catch(() => null);", "a().then(b, c);", "a().then(undefined, () => {});"])(
  "rejects in a procedure or model: %s",
  (text) => {
    expect(violations(errorHandling, { "server/models/a.ts": text })).toHaveLength(1);
    expect(violations(errorHandling, { "server/routers/a.ts": text })).toHaveLength(1);
    expect(violations(errorHandling, { "server/main.ts": text, "server/models/a.test.ts": text })).toEqual([]);
  },
);

it("accepts finally and then with one callback in a model", () => {
  const text = "try { a().then(b); } finally { c(); }\nconst text = `.catch(`;";
  expect(violations(errorHandling, { "server/models/a.ts": text })).toEqual([]);
});

it.each([
  "page.waitForTimeout(1);",
  "await new Promise((resolve) => setTimeout(resolve, 5));",
  'import { setTimeout as sleep } from "node:timers/promises";',
  "expect(a).toMatchSnapshot();",
  'vi.mock("./a");',
  "const log = vi.fn();",
  "const config = { retries: 2 };",
])("rejects in a test: %s", (text) => {
  expect(violations(testAntipatterns, { "e2e/a.spec.ts": text })).toHaveLength(1);
  expect(violations(testAntipatterns, { "server/a.ts": text })).toEqual([]);
});

describe("words", () => {
  it.each([
    ["answerDirectly", ["answer", "directly"]],
    ["HTTPAnswer", ["http", "answer"]],
    ["ASKED_HEADERS", ["asked", "headers"]],
    ["last-world2", ["last", "world2"]],
    ["gateway", ["gateway"]],
  ])("splits %s", (name, expected) => {
    expect(splitWords(name)).toEqual(expected);
  });

  it.each([
    ["server/door/a.ts", ""],
    ["server/a.ts", "function isTold() {}"],
    ["server/a.ts", "interface A { lives: boolean }"],
    ["server/a.ts", "class A { #heard = 1 }"],
    ["app/a.tsx", "const a = <Misfit />;"],
    ["server/a.ts", "const a = sql`select 1 as place from artifact_bury(now())`;"],
    ["db/migrations/0005_trash.sql", "create function artifact_bury() returns void;"],
    ["app/a.css", ".drawn { color: red }"],
  ])("rejects a refused word in %s: %s", (path, text) => {
    expect(violations(words, { [path]: text })).toHaveLength(1);
  });

  it("accepts them in strings, comments and longer words", () => {
    const text = "// told\nconst gateway = \"told\";\nconst a = sql`select 1 -- told\n where x = 'told'`;";
    expect(violations(words, { "server/a.ts": text })).toEqual([]);
  });
});

describe("documents", () => {
  const tree = { "docs/a.md": "", "server/models/a.ts": "", ".gitignore": "dist/\n" };

  it("accepts paths that exist, from the root or from the document's folder", () => {
    const text =
      "See `docs/a.md`, `server/models/**`, `dist/main.js`, `a/b`, [a](docs/a.md#part), [b](https://x.y/z.md).";
    expect(violations(docLinks, { ...tree, "README.md": text })).toEqual([]);
    expect(violations(docLinks, { ...tree, "docs/b.md": "See `a.md` and [a](./a.md)." })).toEqual([]);
  });

  it("rejects paths that do not exist, in code spans, links and comments", () => {
    const text = "See `docs/old.md`, `old/`, `old.ts` and ![x](docs/old.png).";
    expect(violations(docLinks, { ...tree, "README.md": text })).toHaveLength(4);
    const comment = "// See docs/old.md and server/models/a.ts.\nconst a = 'docs/other.md';";
    expect(violations(docLinks, { ...tree, "db/a.ts": comment })).toHaveLength(1);
  });

  it("rejects a dependency without a reason, and a reason without its dependency", () => {
    const manifest = JSON.stringify({ dependencies: { next: "1" }, devDependencies: { zod: "1", "@types/node": "1" } });
    const decisions = (text: string) => ({
      "package.json": manifest,
      "docs/decisions.md": `# A\n\n## Dependencies\n${text}`,
    });
    expect(violations(dependencyReasons, decisions("| `next`, `zod` | reason |"))).toEqual([]);
    expect(violations(dependencyReasons, decisions("| `next`, `react` | reason |"))).toHaveLength(2);
  });

  it("rejects undocumented environment variables and commands", () => {
    const code = { "server/process/env.ts": 'const a = ["VITRINE_NEW"];', "cli/commands/new.ts": "run() {}" };
    expect(
      violations(documentedVariables, { "compose.yaml": "VITRINE_OLD: 1", "docs/configuration.md": "" }),
    ).toHaveLength(1);
    expect(violations(documentedVariables, { ...code, "docs/configuration.md": "`VITRINE_NEW_ONE`" })).toHaveLength(1);
    expect(violations(documentedVariables, { ...code, "docs/configuration.md": "`VITRINE_NEW`" })).toEqual([]);
    expect(violations(documentedCommands, { ...code, "docs/cli.md": "| `news` |" })).toHaveLength(1);
    expect(violations(documentedCommands, { ...code, "docs/cli.md": "| `new <key>` |" })).toEqual([]);
  });
});

it.each(["<<<<<<< ours", ">>>>>>> 77c62cd (Subject)", "||||||| base", "> > > > > > > 77c62cd (Subject)"])(
  "rejects the conflict marker %s",
  (marker) => {
    expect(violations(conflictMarkers, { "a.sql": `text\n${marker}\ntext` })).toEqual([
      "a.sql:2 is a conflict marker: remove it.",
    ]);
    expect(violations(conflictMarkers, { "a.md": "> quoted\n\nHeading\n=======\n" })).toEqual([]);
  },
);

describe("lock file", () => {
  const lock = (packages: object) => ({ "package-lock.json": JSON.stringify({ packages }) });

  it("rejects registry addresses", () => {
    expect(
      violations(
        lockfile,
        lock({ "node_modules/a": { resolved: "https://r.example/a.tgz", integrity: "sha512-AA==" } }),
      ),
    ).toHaveLength(1);
  });

  it("rejects missing entries of other platforms", () => {
    const integrity = "sha512-AA==";
    const a = { integrity, optionalDependencies: { "a-mac": "1.0.0" } };
    expect(violations(lockfile, lock({ "node_modules/a": a }))).toHaveLength(1);
    const both = { "node_modules/a": a, "node_modules/a/node_modules/a-mac": { integrity } };
    expect(violations(lockfile, lock(both))).toEqual([]);
  });

  it("rejects packages without a hash", () => {
    expect(violations(lockfile, lock({ "": {}, "node_modules/a": { version: "1.0.0" } }))).toHaveLength(1);
  });
});
