import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the project: its path from the root, with `/`, and what is in it. */
export interface SourceFile {
  path: string;
  text: string;
}

/** A rule of the house: one sentence for each place that breaks it. */
export type Rule = (files: SourceFile[]) => string[];

const TEXT = /\.(tsx?|mjs|css|md|json|sql|gitignore)$/;

/** Reads every text file of the project, without the folders that `.gitignore` names. */
export function readTree(root: string): SourceFile[] {
  const ignored = foldersIn(readFileSync(join(root, ".gitignore"), "utf8"));
  return walk(root, "", new Set([".git", ...ignored])).map((path) => ({
    path,
    text: readFileSync(join(root, path), "utf8"),
  }));
}

/** The folders that a `.gitignore` names: what is made on the way. */
export function foldersIn(gitignore: string): string[] {
  return gitignore
    .split("\n")
    .filter((line) => line.endsWith("/"))
    .map((line) => line.replaceAll(/^\/|\/$/g, ""));
}

function walk(root: string, folder: string, skipped: Set<string>): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => !skipped.has(name));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return walk(root, `${folder}${entry.name}/`, skipped);
    return entry.isFile() && TEXT.test(entry.name) ? [folder + entry.name] : [];
  });
}

/** Whether a file is program text: TypeScript or a script. */
export function isCode(path: string): boolean {
  return /\.(tsx?|mjs)$/.test(path) && !path.endsWith(".d.ts");
}

/** Whether a file holds tests. */
export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

/** The top folder of a path, or `.` for a file at the root. */
export function topOf(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}
