import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Licences that allow redistribution with nothing but the notice. */
const PERMISSIVE = [
  "(MPL-2.0 OR Apache-2.0)",
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "SIL OPEN FONT LICENSE",
  "Unlicense",
];

let notices: string;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["scripts/notices.mjs"], { cwd: ROOT });
  notices = await readFile(join(ROOT, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
});

/** Name and licence of every section. */
function sections(): { name: string; license: string }[] {
  return [...notices.matchAll(/^-{80}\n(\S+) \S+ \((.+)\)\n-{80}$/gm)].map(([, name = "", license = ""]) => ({
    name,
    license,
  }));
}

it("lists packages of the server, the CLI, the pages, a worker and the styles", () => {
  const names = sections().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["postgres", "zod", "react", "lowlight", "tailwindcss", "geist"]));
  expect(names).not.toContain("vitest");
});

it("contains the licence texts", () => {
  expect(notices).toMatch(/react-dom [\d.]+ \(MIT\)\n-{80}\n\nMIT License\n\nCopyright \(c\) Meta Platforms/);
});

it("finds permissive licences only", () => {
  expect(sections().filter(({ license }) => !PERMISSIVE.includes(license))).toEqual([]);
});
