import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** A file: its path from the root of the checkout, with `/`, and its content; no content for a binary file. */
export interface SourceFile {
  path: string;
  text: string;
}

/** A code rule: returns a sentence for each violation. */
export type Rule = (files: SourceFile[]) => string[];

const BINARY = new Set([".gz", ".ico", ".jpg", ".pdf", ".png", ".tgz", ".woff2", ".zip"]);

/** Reads every file of the checkout, except the folders in `.gitignore`. */
export function readTree(root: string): SourceFile[] {
  const ignored = ignoredFolders(readFileSync(join(root, ".gitignore"), "utf8"));
  return listFiles(root, "", new Set([".git", ...ignored])).map((path) => ({
    path,
    text: BINARY.has(extname(path)) ? "" : readFileSync(join(root, path), "utf8"),
  }));
}

/** The folders that a `.gitignore` names. */
export function ignoredFolders(gitignore: string): string[] {
  return gitignore
    .split("\n")
    .filter((line) => line.endsWith("/"))
    .map((line) => line.replaceAll(/^\/|\/$/g, ""));
}

function listFiles(root: string, folder: string, skipped: Set<string>): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => !skipped.has(name));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return listFiles(root, `${folder}${entry.name}/`, skipped);
    return entry.isFile() ? [folder + entry.name] : [];
  });
}

/** TypeScript or JavaScript, without declaration files. */
export function isCode(path: string): boolean {
  return /\.(tsx?|mjs)$/.test(path) && !path.endsWith(".d.ts");
}

/** A file of tests. */
export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

/** A file of tests, or code that only tests import. */
export function isTestCode(path: string): boolean {
  return isTest(path) || /^(test|e2e)\//.test(path);
}

const PRODUCTION = /^(app|blobs|cli|client|contract|db|diff|formats|server)\/|^instrumentation(?:-client)?\.ts$/;

/** Code that users run. */
export function isProduction(path: string): boolean {
  return isCode(path) && PRODUCTION.test(path) && !isTestCode(path);
}

/** The top folder of a path, or `.` for a file at the root. */
export function topOf(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** The folder of a path, or `.` for a file at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

/** Number of lines; a line break at the end starts no further line. */
export function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

/** The line number, from 1, of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
