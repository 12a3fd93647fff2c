import { test as base, expect } from "@playwright/test";
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
}

/** Browsers log every 4xx response, which may be what a test expects. */
const EXPECTED_ERROR = /^Failed to load resource: the server responded with a status of 4\d\d/;

let count = 0;

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
