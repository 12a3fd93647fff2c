import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { apiPage } from "./api-page";
import { clientTypes } from "./client-types";
import { EXAMPLES } from "./examples";
import { queryPage } from "./query-page";
import { type DocumentedProcedure, readRouters } from "./read-routers";
import { wherePage } from "./where-page";

const ROOT = join(import.meta.dirname, "../..");

/** What the OpenAPI document of the procedures cannot find at run time. */
function reference(documented: DocumentedProcedure[]): string {
  const entries = documented.map(({ path, doc, output }) => [
    path,
    { doc, output, example: EXAMPLES[path]?.trim() ?? "" },
  ]);
  return `// Written by \`npm run reference\` from the comments and types of the routers.

/** The comment, the result and an example of each procedure. */
export const REFERENCE: Record<string, { doc: string; output: string; example: string }> = ${JSON.stringify(Object.fromEntries(entries))};
`;
}

/** The files that are written from the routers, by path, not formatted yet. */
export function generatedFiles(): Record<string, string> {
  const documented = readRouters();
  return {
    "client/procedures.ts": clientTypes(documented),
    "docs/api.md": apiPage(documented),
    "docs/query.md": queryPage(),
    "docs/where.md": wherePage(),
    "server/routers/reference.ts": reference(documented),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = generatedFiles();
  for (const [file, text] of Object.entries(files)) writeFileSync(join(ROOT, file), text);
  spawnSync("node_modules/.bin/biome", ["check", "--write", ...Object.keys(files)], { cwd: ROOT, stdio: "inherit" });
}
