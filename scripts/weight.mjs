import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "./sources.mjs";

const NEXT = join(ROOT, ".next");
const MANIFEST = "page_client-reference-manifest.js";

/** Entries of every page that a browser loads only on an error. */
const ERROR_ENTRIES = /\/(not-found|global-error)$/;

/**
 * Limit of the JavaScript that a page loads at first, in bytes with Brotli, as browsers get it over HTTPS and from this
 * machine. `npm run weight` measures what pages really transfer, with what they load later.
 */
const MAX_BYTES = 190_000;

/**
 * Prints how much JavaScript each built page loads at first, including shared and layout scripts.
 * @returns {boolean} whether every page is within the limit
 */
export function weigh() {
  const pages = builtPages();
  const width = Math.max(32, ...pages.map(({ path }) => path.length));
  console.log(`\n${"JavaScript of each page at first".padEnd(width)}    Brotli      gzip`);
  for (const { path, brotli, gzip } of pages) {
    const over = brotli > MAX_BYTES ? `  over the limit of ${kilobytes(MAX_BYTES)}` : "";
    console.log(`${path.padEnd(width)}  ${kilobytes(brotli).padStart(8)}  ${kilobytes(gzip).padStart(8)}${over}`);
  }
  return pages.every(({ brotli }) => brotli <= MAX_BYTES);
}

function builtPages() {
  const { rootMainFiles } = JSON.parse(readFileSync(join(NEXT, "build-manifest.json"), "utf8"));
  const sizes = new Map();
  const sizeOf = (script) => {
    if (!sizes.has(script)) {
      const gzip = gzipSync(readFileSync(join(NEXT, script))).length;
      sizes.set(script, { gzip, brotli: statSync(join(NEXT, `${script}.br`)).size });
    }
    return sizes.get(script);
  };
  return readdirSync(join(NEXT, "server", "app"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(MANIFEST))
    .map((file) => {
      const entries = Object.entries(manifestIn(file).entryJSFiles).filter(([entry]) => !ERROR_ENTRIES.test(entry));
      const scripts = new Set([...rootMainFiles, ...entries.flatMap(([, files]) => files)]);
      const sum = (coding) => [...scripts].reduce((total, script) => total + sizeOf(script)[coding], 0);
      return { path: pathOf(file), brotli: sum("brotli"), gzip: sum("gzip") };
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
