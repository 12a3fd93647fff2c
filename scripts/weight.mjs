import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "./sources.mjs";

const NEXT = join(ROOT, ".next");
const MANIFEST = "page_client-reference-manifest.js";

/** Parts of every page that a browser loads only when it comes to them. */
const UNCALLED = /\/(not-found|global-error)$/;

/** The most JavaScript that a page may load before it is used, in bytes of gzip as the server sends it. */
const MOST = 200_000;

/**
 * Prints how much JavaScript each built page loads at first: what all pages share, and what its layouts and it need.
 * @returns {boolean} whether each keeps to the budget
 */
export function weigh() {
  const pages = pagesBuilt();
  const width = Math.max(...pages.map(({ path }) => path.length));
  console.log("\nJavaScript of each page, compressed");
  for (const { path, bytes } of pages) {
    const over = bytes > MOST ? `  more than the ${kilobytes(MOST)} it may have` : "";
    console.log(`${path.padEnd(width)}  ${kilobytes(bytes).padStart(8)}${over}`);
  }
  return pages.every(({ bytes }) => bytes <= MOST);
}

function pagesBuilt() {
  const { rootMainFiles } = JSON.parse(readFileSync(join(NEXT, "build-manifest.json"), "utf8"));
  const sizes = new Map();
  const sizeOf = (script) => {
    if (!sizes.has(script)) sizes.set(script, gzipSync(readFileSync(join(NEXT, script))).length);
    return sizes.get(script);
  };
  return readdirSync(join(NEXT, "server", "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(MANIFEST))
    .map((file) => {
      const entries = Object.entries(manifestIn(file).entryJSFiles).filter(([entry]) => !UNCALLED.test(entry));
      const scripts = new Set([...rootMainFiles, ...entries.flatMap(([, files]) => files)]);
      return { path: pathOf(file), bytes: [...scripts].reduce((sum, script) => sum + sizeOf(script), 0) };
    })
    .filter(({ path }) => !path.includes("/_"))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** A manifest is a script that puts itself into a global, under the name of its page. */
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
