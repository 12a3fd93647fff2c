import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

declare global {
  interface Window {
    axe?: { run(root: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** The minified script is half as long, and each document loads it anew. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules whose result depends on colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * The violations that axe finds on a page: by all rules in the theme that it has, and by those about colours in the other
 * one, which it has from then on: a change of the theme takes as long as an audit of colours.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const { theme, isLoaded } = await page.evaluate(stateOfPage);
  if (!isLoaded) await page.evaluate(AXE);
  // A change of the theme begins a transition of each colour, which takes ten times as long as the change.
  const transitions = await page.evaluateHandle(withoutTransitions);
  await showTheme(page, theme);
  const all = await page.evaluate(violations, null);
  const other = theme === "light" ? "dark" : "light";
  await showTheme(page, other);
  const ofColours = await page.evaluate(violations, COLOUR_RULES);
  await transitions.evaluate(({ restore }) => restore());
  return [...all.map((each) => `${theme}: ${each}`), ...ofColours.map((each) => `${other}: ${each}`)];
}

/** Runs in the browser. */
function stateOfPage() {
  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? ("dark" as const) : ("light" as const);
  return { theme, isLoaded: window.axe !== undefined };
}

/** Ends the transitions of the page, and lets none begin until they are restored. Runs in the browser. */
function withoutTransitions() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after, ::backdrop { transition: none !important }");
  document.adoptedStyleSheets.push(sheet);
  return {
    restore() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    },
  };
}

/** Resolves once the page has a theme. axe reads styles, not pixels: nothing has to be drawn. */
async function showTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForFunction((theme) => matchMedia(`(prefers-color-scheme: ${theme})`).matches, colorScheme);
}

/** What some rules, or all, find. Details of what passes would take half of the time. Runs in the browser. */
async function violations(rules: string[] | null): Promise<string[]> {
  const runOnly = rules && { runOnly: { type: "rule" as const, values: rules } };
  const results = await window.axe?.run(document, { resultTypes: ["violations"], ...runOnly });
  if (!results) throw new Error("axe is not loaded.");
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`),
  );
}
