import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A file for each rule that biome.json sets, with the rule that must report it. */
const VIOLATIONS: [rule: string, path: string, text: string][] = [
  ["noBarrelFile", "server/barrel.ts", 'export { a } from "./cycle-a";'],
  ["noExplicitAny", "server/any.ts", "export const a: any = 1;"],
  ["noFocusedTests", "server/focused.test.ts", 'import { it } from "vitest";\nit.only("a", () => {});'],
  ["noImportCycles", "server/cycle-a.ts", 'import type { B } from "./cycle-b";\nexport const a: B = 1;'],
  ["noImportCycles", "server/cycle-b.ts", 'import { a } from "./cycle-a";\nexport type B = typeof a;'],
  ["noNonNullAssertion", "server/non-null.ts", "export const a = [1].at(0)!;"],
  ["noProcessEnv", "server/environment.ts", "export const a = process.env.PORT;"],
  ["noRestrictedImports", "app/sql.ts", 'import { sql } from "drizzle-orm";\nexport const a = sql;'],
  ["noRestrictedImports", "server/routers/table.ts", 'import { flow } from "#db/schema/flow";\nexport const a = flow;'],
  ["noRestrictedImports", "server/models/trpc.ts", 'import { x } from "@trpc/server/http";\nexport const a = x;'],
  ["noRestrictedImports", "contract/node.ts", 'import { join } from "node:path";\nexport const a = join;'],
  ["noRestrictedImports", "diff/zod.ts", 'import { z } from "zod";\nexport const a = z;'],
  ["noRestrictedImports", "client/node-path.ts", 'import { join } from "node:path";\nexport const a = join;'],
  ["noRestrictedImports", "cli/package.ts", 'import { x } from "chalk";\nexport const a = x;'],
  ["noSkippedTests", "server/skipped.test.ts", 'import { it } from "vitest";\nit.skip("a", () => {});'],
  ["useFilenamingConvention", "server/camelCase.ts", "export const a = 1;"],
];

/** Files that the overrides in biome.json exempt. */
const ACCEPTED: [path: string, text: string][] = [
  ["server/process/env.ts", "export const a = process.env.PORT;"],
  ["server/models/drizzle.ts", 'import { sql } from "drizzle-orm";\nexport const a = sql;'],
  ["db/schema.ts", 'export { a } from "./a";'],
  ["contract/zod.ts", 'import { z } from "zod";\nimport { a } from "./a";\nexport const b = [a, z];'],
  ["cli/node.ts", 'import { readFile } from "node:fs/promises";\nexport const a = readFile;'],
  ["client/connect.test.ts", 'import { join } from "node:path";\nimport { x } from "#test/client";\njoin(x);'],
];

let folder: string;
let reported: { rule: string; path: string }[];

async function write(path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${text}\n`);
}

/** Runs a program of node_modules in the folder, and returns what it prints. */
function runTool(script: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 2 ** 24 };
    execFile(process.execPath, [join(ROOT, "node_modules", script), ...args], options, (_, stdout) => resolve(stdout));
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-rules-"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const file of ["biome.json", "knip.json", "package.json", "tsconfig.json", ".gitignore"]) {
    await copyFile(join(ROOT, file), join(folder, file));
  }
  for (const [, path, text] of VIOLATIONS) await write(path, text);
  for (const [path, text] of ACCEPTED) await write(path, text);
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const report: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(
    await runTool("@biomejs/biome/bin/biome", ...args),
  );
  reported = report.diagnostics.map(({ category, location }) => ({
    rule: category.slice(category.lastIndexOf("/") + 1),
    path: location.path,
  }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("Biome", () => {
  it.each(VIOLATIONS)("reports %s in %s", (rule, path) => {
    expect(reported).toContainEqual({ rule, path });
  });

  it.each(ACCEPTED)("accepts %s", (path) => {
    expect(reported.filter((each) => each.path === path)).toEqual([]);
  });
});

it("lets knip report unused files, exports and dependencies", async () => {
  await write("server/main.ts", 'import { used } from "./parts";\nused();');
  await write("server/parts.ts", "export function used() {}\nexport function unused() {}");
  const {
    issues,
  }: { issues: { file: string; files: unknown[]; exports: { name: string }[]; devDependencies: object[] }[] } =
    JSON.parse(await runTool("knip/bin/knip.js", "--reporter", "json"));
  expect(issues.find(({ file }) => file === "server/parts.ts")?.exports).toMatchObject([{ name: "unused" }]);
  expect(issues.find(({ file }) => file === "server/barrel.ts")?.files).toHaveLength(1);
  expect(issues.find(({ file }) => file === "package.json")?.devDependencies).toContainEqual(
    expect.objectContaining({ name: "drizzle-orm" }),
  );
});
