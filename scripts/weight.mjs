import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "./sources.mjs";

const NEXT = join(ROOT, ".next");
const MANIFEST = "page_client-reference-manifest.js";

/** Entries of every page that a browser loads only on an error. */
const ERROR_ENTRIES = /\/(not-found|global-error)$/;

/** Limit of the JavaScript that a page loads at first, in bytes after gzip. */
const MAX_BYTES = 200_000;

/**
 * Prints how much JavaScript each built page loads at first, including shared and layout scripts.
 * @returns {boolean} whether every page is within the limit
 */
export function weigh() {
  const pages = builtPages();
  const width = Math.max(...pages.map(({ path }) => path.length));
  console.log("\nJavaScript of each page, compressed");
  for (const { path, bytes } of pages) {
    const over = bytes > MAX_BYTES ? `  over the limit of ${kilobytes(MAX_BYTES)}` : "";
    console.log(`${path.padEnd(width)}  ${kilobytes(bytes).padStart(8)}${over}`);
  }
  return pages.every(({ bytes }) => bytes <= MAX_BYTES);
}

function builtPages() {
  const { rootMainFiles } = JSON.parse(readFileSync(join(NEXT, "build-manifest.json"), "utf8"));
  const sizes = new Map();
  const sizeOf = (script) => {
    if (!sizes.has(script)) sizes.set(script, gzipSync(readFileSync(join(NEXT, script))).length);
    return sizes.get(script);
  };
  return readdirSync(join(NEXT, "server", "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(MANIFEST))
    .map((file) => {
      const entries = Object.entries(manifestIn(file).entryJSFiles).filter(([entry]) => !ERROR_ENTRIES.test(entry));
      const scripts = new Set([...rootMainFiles, ...entries.flatMap(([, files]) => files)]);
      return { path: pathOf(file), bytes: [...scripts].reduce((sum, script) => sum + sizeOf(script), 0) };
    })
    .filter(({ path }) => !path.includes("/_"))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** A manifest is a script that assigns itself to a global, under the name of its page. */
function manifestIn(file) {
  const context = vm.createContext({});
  vm.runInContext(readFileSync(join(NEXT, "server", "app", file), "utf8"), context);
  return Object.values(context.__RSC_MANIFEST)[0];
}

function pathOf(file) {
  const segments = file.split(/[/\\]/).slice(0, -1);
  return `/${segments.filter((segment) => !/^\(.*\)$/.test(segment)).join("/")}`;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
