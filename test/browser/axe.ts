import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** The rules whose result depends on colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * The violations that axe finds on a page: by all rules in the light theme, and by those about colours in the dark one.
 * The page is left in the light theme.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  await showTheme(page, "light");
  const light = await violations(axe(page));
  await showTheme(page, "dark");
  const dark = await violations(axe(page).withRules(COLOUR_RULES));
  await showTheme(page, "light");
  return [...light, ...dark.map((violation) => `dark: ${violation}`)];
}

async function showTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(newColours);
}

/** Resolves once the page has the colours of its theme. Runs in the browser. */
async function newColours(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(changes.map(({ finished }) => finished));
}

/**
 * Legacy mode does not open another page to check frames, of which we have none. Details of what passes would take half
 * of the time.
 */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
}

async function violations(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`),
  );
}
