import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import subsetFont from "subset-font";
import { ROOT } from "./sources.mjs";

/** The OpenType features that browsers apply by themselves, and tabular figures, which columns of numbers use. */
const FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig", "tnum"];

const WEIGHTS = { min: 400, max: 700 };

const SOURCES = { sans: "geist-sans/Geist-Variable.woff2", mono: "geist-mono/GeistMono-Variable.woff2" };

/** Writes the subsets of Geist that app/fonts.ts declares, by its Unicode ranges: npm run fonts. */
async function main() {
  const fonts = join(createRequire(import.meta.url).resolve("geist/font"), "..", "fonts");
  mkdirSync(join(ROOT, "app", "fonts"), { recursive: true });
  const declared = readFileSync(join(ROOT, "app", "fonts.ts"), "utf8");
  for (const [, file, family, ranges] of declared.matchAll(
    /src: "\.\/(fonts\/(sans|mono)-\w+\.woff2)"[\s\S]*?"(U\+[^"]+)"/g,
  )) {
    const font = readFileSync(join(fonts, SOURCES[family]));
    const options = { targetFormat: "woff2", variationAxes: { wght: WEIGHTS }, keepFeatures: FEATURES };
    const subset = await subsetFont(font, charactersIn(ranges), options);
    writeFileSync(join(ROOT, "app", file), subset);
    console.log(`${file.padEnd(26)} ${(subset.length / 1000).toFixed(1).padStart(5)} kB`);
  }
}

/** The characters of a CSS `unicode-range` list. */
function charactersIn(ranges) {
  return ranges
    .split(", ")
    .map((range) => {
      const [first, last = first] = range
        .slice(2)
        .split("-")
        .map((code) => Number.parseInt(code, 16));
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");
    })
    .join("");
}

await main();
