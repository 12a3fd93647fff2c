import { type Import, importsOf, packageOf } from "./imports";
import { isTest, type Rule, type SourceFile, topOf } from "./tree";

/** What a part of the tree may import; the first entry whose pattern fits a file holds. */
interface Rung {
  files: RegExp;
  /** The project's files it may import, beside its own top folder. */
  allows: RegExp;
  /** The project's files of which it may import types alone. */
  types?: RegExp;
  /** The packages it may import; any when absent. */
  packages?: RegExp;
  /** Whether its own folder is closed to it: only `allows` holds. */
  closed?: boolean;
  because: string;
}

const SERVER_SIDE = "only app/api/**, app/_data/server.tsx and instrumentation.ts reach the server and the store";

/** The ladder as data: every import goes down it. */
const LADDER: Rung[] = [
  {
    files: /^contract\//,
    allows: /^$/,
    packages: /^(zod|vitest|fast-check)$/,
    because: "contract/ imports zod and nothing else",
  },
  {
    files: /^reading\//,
    allows: /^contract\//,
    packages: /^(diff|vitest|fast-check)$/,
    because: "reading/ takes data and gives what it says: it knows neither where data comes from nor where it is shown",
  },
  { files: /^db\//, allows: /^contract\//, because: "db/ stands on contract/ alone" },
  {
    files: /^server\/models\//,
    allows: /^(contract|db|server\/models)\//,
    packages: /^(?!@trpc\/|next$|react|node:http|node:net)/,
    closed: true,
    because: "a model knows neither tRPC nor HTTP nor who asks",
  },
  { files: /^server\//, allows: /^(contract|reading|db)\//, because: "server/ stands on db/, reading/ and contract/" },
  {
    files: /^client\/.*\.test\.ts$/,
    allows: /^(contract|server|db)\//,
    because: "a test of client/ starts the server that it calls",
  },
  {
    files: /^client\//,
    allows: /^contract\//,
    types: /^server\/router\.ts$/,
    because: "client/ takes contract/ and, as a type, AppRouter from server/router",
  },
  {
    files: /^cli\/(.*\.test|testing)\.ts$/,
    allows: /^(client|contract|reading|server|db)\//,
    because: "a test of cli/ starts the server that it asks",
  },
  {
    files: /^cli\//,
    allows: /^(client|contract|reading)\//,
    packages: /^(zod$|node:)/,
    because: "cli/ asks a running server through client/, like anyone else",
  },
  { files: /^app\/api\//, allows: /^(contract|server|db)\//, because: SERVER_SIDE },
  { files: /^app\/_data\/server\.tsx$/, allows: /^(contract|server|db)\//, because: SERVER_SIDE },
  { files: /^instrumentation\.ts$/, allows: /^(contract|server|db)\//, because: SERVER_SIDE },
  {
    files: /^app\/_ui\//,
    allows: /^app\/_ui\//,
    closed: true,
    because: "app/_ui would fit any product, so it knows none",
  },
  {
    files: /^app\//,
    allows: /^(contract|reading)\//,
    types: /^server\/router\.ts$/,
    because: `a page takes contract/, reading/ and its own data through app/_data; ${SERVER_SIDE}`,
  },
  { files: /^demo\//, allows: /^(client|contract)\//, because: "demo/ publishes through client/ like anyone else" },
  { files: /^e2e\//, allows: /^(client|contract)\//, because: "e2e/ sees the product from outside, through client/" },
  {
    files: /^bench\//,
    allows: /^(client|contract|db|server)\//,
    because: "bench/ measures the program at every depth, but not the pages",
  },
  { files: /^docs\//, allows: /^$/, because: "docs/ reads the program, it does not run it" },
  { files: /^scripts\//, allows: /^$/, because: "scripts/ start what is built; they import none of it" },
  { files: /^[^/]+$/, allows: /^e2e\/browser\.ts$/, because: "a configuration at the root imports packages only" },
];

/** The ladder: app → reading → contract; client → contract; server → db, reading → contract → zod, with the exceptions that it names. */
export const ladder: Rule = (files) => [
  ...importsOf(files).flatMap(faultOf),
  ...unplaced(files).map(
    (top) => `${top}/ has no place on the ladder: say in docs/architecture/ladder.ts what it may import.`,
  ),
];

function faultOf(edge: Import): string[] {
  const rung = LADDER.find((each) => each.files.test(edge.from));
  if (!rung) return [];
  const at = `${edge.from}:${edge.line}`;
  if (edge.specifier.startsWith(".") && leavesTop(edge)) {
    return [
      `${at} imports "${edge.specifier}": across top folders write "#${edge.to ?? "folder/file"}" without its ending.`,
    ];
  }
  const name = packageOf(edge.specifier);
  if (name) {
    if (!rung.packages || rung.packages.test(name) || isTest(edge.from)) return [];
    return [`${at} imports the package "${name}": ${rung.because}.`];
  }
  if (!edge.to || permits(rung, edge, edge.to)) return [];
  return [`${at} imports ${edge.to}: ${rung.because}.`];
}

function permits(rung: Rung, edge: Import, to: string): boolean {
  if (rung.allows.test(to)) return true;
  if (rung.types?.test(to)) return edge.typeOnly;
  return (!rung.closed || isTest(edge.from)) && topOf(edge.from) !== "." && topOf(edge.from) === topOf(to);
}

function leavesTop(edge: Import): boolean {
  // What is built is no source.
  if (/^(?:\.\.\/)+dist\//.test(edge.specifier)) return false;
  const depth = edge.from.split("/").length - 2;
  const ups = edge.specifier.split("/").filter((part) => part === "..").length;
  return topOf(edge.from) !== "." && ups > depth;
}

function unplaced(files: SourceFile[]): string[] {
  const code = files.filter((file) => /\.(tsx?|mjs)$/.test(file.path));
  return [
    ...new Set(
      code.filter((file) => !LADDER.some((rung) => rung.files.test(file.path))).map(({ path }) => topOf(path)),
    ),
  ];
}

/** A route folder uses itself, its parents and the `_underscored` folders; two routes share nothing sideways. */
export const routes: Rule = (files) => {
  const owners = new Set(files.filter(({ path }) => /^app\/.*page\.tsx$/.test(path)).map(({ path }) => folderOf(path)));
  const ownerOf = (path: string) => {
    let folder = folderOf(path);
    while (folder !== "app" && !owners.has(folder)) folder = folderOf(folder);
    return folder;
  };
  return importsOf(files).flatMap(({ from, line, to }) => {
    if (!to?.startsWith("app/") || !from.startsWith("app/")) return [];
    const owner = ownerOf(to);
    if (owner === "app" || `${ownerOf(from)}/`.startsWith(`${owner}/`)) return [];
    return [`${from}:${line} imports ${to}, which belongs to another page: move it to a folder above both.`];
  });
};

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}
