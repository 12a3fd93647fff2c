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
 * The violations that axe finds on a page: by all rules in the light theme, and by those about colours in the dark one.
 * The page is left in the light theme.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await showTheme(page, "light");
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(AXE);
  const light = await page.evaluate(violations, null);
  await showTheme(page, "dark");
  const dark = await page.evaluate(violations, COLOUR_RULES);
  await showTheme(page, "light");
  return [...light, ...dark.map((violation) => `dark: ${violation}`)];
}

async function showTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(newColours, colorScheme);
}

/** Resolves once the page has the colours of its theme. Runs in the browser. */
async function newColours(colorScheme: string): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (!matchMedia(`(prefers-color-scheme: ${colorScheme})`).matches) await frame();
  await frame();
  await frame();
  const running = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
  for (let changes = running(); changes.length > 0; changes = running()) {
    await Promise.allSettled(changes.map(({ finished }) => finished));
    await frame();
  }
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
