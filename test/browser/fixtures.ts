import { type Browser, type BrowserContext, test as base, type CDPSession, expect, type Page } from "@playwright/test";
import { connect, type Vitrine } from "#client/connect";
import { ArtifactsPage } from "#e2e/pages/artifacts-page";
import { type Product, startProduct } from "./product";

interface EachTest {
  /** A client of the running product. */
  vitrine: Vitrine;
  /** The page object of the artifact list. */
  artifacts: ArtifactsPage;
  /** Unique to the test. */
  key: string;
  /** Fails the test on console errors: exceptions, CSP violations, failed hydration. */
  consoleErrors: undefined;
}

interface EachWorker {
  product: Product;
  /** A product that requires an API key, see `SECRETS`. */
  guarded: Product;
  /** What most tests of the worker share. */
  shared: { context?: SharedContext | undefined };
}

/** A context that tests use one after the other. */
interface SharedContext {
  context: BrowserContext;
  /** Stays open, so that other pages are tabs of its window: a window takes the browser as long as a page. */
  blank: Page;
  session: CDPSession;
}

/** The API keys of `guarded`, by the names of their owners. */
export const SECRETS = {
  ann: "a-secret-of-ann-the-admin",
  wes: "a-secret-of-wes-the-writer",
  bob: "a-secret-of-bob-the-reader",
  ivy: "a-secret-of-ivy-who-reads-keys-that-end-in-inside",
};

const API_KEYS = [
  ...[`ann:admin:${SECRETS.ann}`, `wes:write:${SECRETS.wes}`],
  ...[`bob:read:${SECRETS.bob}`, `ivy:read@*-inside:${SECRETS.ivy}`],
];

/** The tag of a test that needs a new context: with an empty cache, or because it changes more than pages and storage. */
export const OWN_CONTEXT = "@own-context";

/** Browsers log every 4xx response, which may be what a test expects. */
const EXPECTED_ERROR = /^Failed to load resource: the server responded with a status of 4\d\d/;

let count = 0;

/** What a context remembers, but for its cache: loading and compiling the scripts anew takes half of the time of a page. */
const STORAGE = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems";

async function openShared(browser: Browser): Promise<SharedContext> {
  const context = await browser.newContext();
  // It would stay for the tests after this one.
  context.clock.install = () => Promise.reject(new Error(`Give a test that sets the clock the tag ${OWN_CONTEXT}.`));
  const blank = await context.newPage();
  return { context, blank, session: await context.newCDPSession(blank) };
}

/** Closes the pages of a test, and empties the storage of their origins. */
async function reset({ context, blank, session }: SharedContext, origin: string): Promise<void> {
  await context.unrouteAll({ behavior: "ignoreErrors" });
  const pages = context.pages().filter((page) => page !== blank);
  const origins = new Set([origin, ...pages.map((page) => new URL(page.url()).origin)]);
  for (const page of pages) await page.close();
  for (const each of origins) {
    await session.send("Storage.clearDataForOrigin", { origin: each, storageTypes: STORAGE });
  }
  await context.clearCookies();
  await context.clearPermissions();
}

/** Each worker has its own server and database. */
export const test = base.extend<EachTest, EachWorker>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies of a fixture from the pattern
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  guarded: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const guarded = await startProduct({ VITRINE_API_KEYS: API_KEYS.join() });
      await use(guarded);
      await guarded.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const shared: EachWorker["shared"] = {};
      await use(shared);
      await shared.context?.context.close();
    },
    { scope: "worker" },
  ],
  context: async ({ browser, shared, product, javaScriptEnabled, trace }, use, info) => {
    if (!javaScriptEnabled || trace !== "off" || info.tags.includes(OWN_CONTEXT)) {
      await using context = await browser.newContext();
      await use(context);
      return;
    }
    const opened = shared.context ?? (await openShared(browser));
    shared.context = undefined;
    await use(opened.context);
    // Where a test failed, closing takes its screenshot.
    if (info.status !== info.expectedStatus) return opened.context.close();
    await reset(opened, product.url);
    shared.context = opened;
  },
  baseURL: ({ product }, use) => use(product.url),
  vitrine: ({ product }, use) => use(connect({ url: product.url })),
  artifacts: ({ page }, use) => use(new ArtifactsPage(page)),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  key: ({}, use, { title }) => {
    count += 1;
    return use(
      `${title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .slice(0, 40)}-${count}`,
    );
  },
  consoleErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !EXPECTED_ERROR.test(message.text())) errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      await use(undefined);
      expect(errors, "console errors").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
