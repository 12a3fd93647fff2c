import type { Rule } from "./tree";

interface Entry {
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}

/** The lock file has no registry address, and an entry with its hash for the optional packages of every platform. */
export const lockfile: Rule = (files) => {
  const text = files.find(({ path }) => path === "package-lock.json")?.text;
  if (!text) return ["package-lock.json is missing: run npm install and commit it."];
  const { packages }: { packages: Record<string, Entry> } = JSON.parse(text);
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...(entry.resolved?.includes("://")
      ? [
          `package-lock.json: ${path} names ${entry.resolved}: remove "resolved", as omit-lockfile-registry-resolved in .npmrc does.`,
        ]
      : []),
    ...(path === "" || entry.integrity
      ? []
      : [`package-lock.json: ${path} has no integrity: add what "npm view NAME@VERSION dist.integrity" prints.`]),
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map(
        (name) =>
          `package-lock.json has no entry for ${name}, an optional dependency of ${path} on another platform: add it.`,
      ),
  ]);
};

function isLocked(packages: Record<string, Entry>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder ? `${folder}/` : ""}node_modules/${name}` in packages) return true;
    if (!folder) return false;
  }
}
