import { test as base, expect } from "@playwright/test";
import { connect, type Vitrine } from "#client/connect";
import { ArtifactsPage } from "#e2e/pages/artifacts-page";
import { type Product, startProduct } from "./product";

interface EachTest {
  /** The product, called as a program calls it. */
  vitrine: Vitrine;
  /** The product, as a person first sees it. */
  artifacts: ArtifactsPage;
  /** A key that no other test uses. */
  key: string;
  /** Fails the test where the browser complains: an error thrown, a broken policy, a failed hydration. */
  silence: undefined;
}

interface EachWorker {
  product: Product;
}

/** The browser notes every 4xx; whether one is right is for the tests to say. */
const STATUS = /^Failed to load resource: the server responded with a status of 4\d\d/;

let count = 0;

/** Every worker owns a server and its database; every test has a key of its own and a browser that may not complain. */
export const test = base.extend<EachTest, EachWorker>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
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
  silence: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !STATUS.test(message.text())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await use(undefined);
      expect(complaints, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
