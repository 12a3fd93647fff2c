import { type Import, importsOf } from "./syntax";
import { folderOf, isCode, isTest, type Rule, topOf } from "./tree";

interface Layer {
  files: RegExp;
  /** Files that it may import, besides its own top folder. */
  imports: RegExp;
  /** Files that it may import as types only. */
  types?: RegExp;
  /** Only `imports` counts, not its own top folder. */
  closed?: boolean;
  because: string;
}

const ROUTER_TYPE = /^server\/routers\/app-router\.ts$/;
const SERVER_SIDE = "only route files, app/_data/server.tsx and instrumentation.ts reach the server";

/** The first layer that matches a file counts. Packages are restricted in biome.json. */
const LAYERS: Layer[] = [
  { files: /^contract\//, imports: /^$/, because: "contract/ imports zod and nothing else" },
  { files: /^formats\//, imports: /^contract\//, because: "formats/ reads data and depends on contract/ only" },
  { files: /^blobs\//, imports: /^contract\//, because: "blobs/ stores bytes and depends on contract/ only" },
  { files: /^diff\//, imports: /^(contract|formats)\//, because: "diff/ depends on formats/ and contract/ only" },
  { files: /^db\//, imports: /^(contract|formats|test)\//, because: "db/ depends on contract/ and formats/ only" },
  {
    files: /^server\/models\//,
    imports: /^(blobs|contract|formats|db|server\/models)\//,
    closed: true,
    because: "a model depends on db/, blobs/, formats/ and contract/, not on tRPC or HTTP",
  },
  {
    files: /^server\//,
    imports: /^(blobs|contract|formats|diff|db)\//,
    because: "server/ depends on db/, blobs/, formats/, diff/ and contract/",
  },
  {
    files: /^client\//,
    imports: /^contract\//,
    types: ROUTER_TYPE,
    because: "client/ depends on contract/, and on the type of server/routers/app-router.ts",
  },
  {
    files: /^cli\//,
    imports: /^(client|contract|formats|diff)\//,
    because: "cli/ reaches the server through client/",
  },
  { files: /^app\/(api|frames|pdfjs|sandbox)\//, imports: /^(contract|server|db)\//, because: SERVER_SIDE },
  { files: /^app\/_data\/server\.tsx?$/, imports: /^(contract|server|db)\//, because: SERVER_SIDE },
  { files: /^instrumentation-client\.ts$/, imports: /^app\/_data\//, because: "it prepares how pages reach the API" },
  { files: /^instrumentation\.ts$/, imports: /^(contract|server|db)\//, because: SERVER_SIDE },
  { files: /^app\/_ui\//, imports: /^app\/_ui\//, closed: true, because: "app/_ui/ is independent of this product" },
  {
    files: /^app\//,
    imports: /^(contract|formats|diff)\//,
    types: ROUTER_TYPE,
    because: `pages depend on contract/, formats/ and diff/; ${SERVER_SIDE}`,
  },
  { files: /^demo\//, imports: /^(client|contract)\//, because: "demo/ publishes through client/" },
  {
    files: /^e2e\//,
    imports: /^(client|contract|test|bench\/harness)\//,
    because: "e2e/ uses the product from outside",
  },
  { files: /^bench\//, imports: /^(client|contract|db|server)\//, because: "bench/ does not measure pages" },
  { files: /^examples\//, imports: /^(client|test)\//, because: "an example imports packages, as its readers do" },
  {
    files: /^scripts\//,
    imports: /^[^/]+\.config\.ts$/,
    because: "scripts/ start what is built, and import none of the sources",
  },
  { files: /^test\//, imports: /^(?!app\/|bench\/|demo\/|scripts\/)/, because: "test/ supports tests of every layer" },
  { files: /^[^/]+$/, imports: /^test\/browser\//, because: "configuration at the root imports packages" },
];

/** What tests may import beyond their layer: shared test support, and for client/ and cli/ the server that they start. */
const TESTS: [tests: RegExp, imports: RegExp][] = [
  [/^(client|cli)\//, /^(client|contract|db|server|test)\//],
  [/./, /^test\//],
];

/** Imports go down the layers, and are written `#folder/file` across top folders. */
export const layers: Rule = (files) => [
  ...importsOf(files).flatMap(violationsOf),
  ...missingLayers(files.map(({ path }) => path)),
];

function violationsOf(each: Import): string[] {
  const layer = LAYERS.find(({ files }) => files.test(each.from));
  if (!layer || !each.to || !isCode(each.to)) return [];
  const at = `${each.from}:${each.line}`;
  const across = topOf(each.from) !== topOf(each.to) && topOf(each.from) !== ".";
  if (across && each.specifier.startsWith(".") && /\.tsx?$/.test(each.from)) {
    return [`${at} imports "${each.specifier}": across top folders write "#${each.to.replace(/\.tsx?$/, "")}".`];
  }
  if (isAllowed(layer, each, each.to)) return [];
  return [`${at} imports ${each.to}: ${layer.because}.`];
}

function isAllowed(layer: Layer, each: Import, to: string): boolean {
  if (layer.imports.test(to)) return true;
  if (layer.types?.test(to)) return each.typeOnly;
  if (isTest(each.from) && TESTS.some(([tests, imports]) => tests.test(each.from) && imports.test(to))) return true;
  return (!layer.closed || isTest(each.from)) && topOf(each.from) === topOf(to);
}

function missingLayers(paths: string[]): string[] {
  const code = paths.filter((path) => isCode(path) && !LAYERS.some(({ files }) => files.test(path)));
  return [...new Set(code.map(topOf))].map(
    (top) => `${top}/ is not in test/architecture/layers.ts: add what it may import.`,
  );
}

/** A route folder imports from itself, its parents and `_folders`; two routes share nothing sideways. */
export const routes: Rule = (files) => {
  const pages = new Set(files.filter(({ path }) => /^app\/.*page\.tsx?$/.test(path)).map(({ path }) => folderOf(path)));
  const pageOf = (path: string) => {
    let folder = folderOf(path);
    while (folder !== "app" && !pages.has(folder)) folder = folderOf(folder);
    return folder;
  };
  return importsOf(files).flatMap(({ from, line, to }) => {
    if (!to?.startsWith("app/") || !from.startsWith("app/")) return [];
    const owner = pageOf(to);
    if (owner === "app" || `${pageOf(from)}/`.startsWith(`${owner}/`)) return [];
    return [`${from}:${line} imports ${to}, which belongs to another page: move it to a folder above both.`];
  });
};
