import { defineConfig } from "@playwright/test";
import { launchOptions } from "#test/browser/browser";

/** Tests that measure how long a page is blocked, which other tests at the same time would lengthen. */
const MEASURES = /(?:at-size|hostile)\.spec\.ts$/;

// As for Vitest: above 1 the long tests run. See test:long in package.json.
const isLong = Number(process.env.VITRINE_TEST_RUNS || 1) > 1;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./test/browser/database.ts",
  fullyParallel: true,
  // More than cores: a test waits half of its time, for frames, messages and the next look of an assertion.
  workers: 3,
  forbidOnly: true,
  // Beside two other tests on two slow cores a page takes some times as long as alone.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  // Each is a run of its own in npm test: a project that waits for another is skipped if that one fails.
  projects: [
    { name: "pages", testIgnore: MEASURES },
    { name: "measures", testMatch: MEASURES, workers: 1 },
  ],
  ...(isLong ? {} : { grepInvert: /@long/ }),
  use: {
    browserName: "chromium",
    launchOptions: launchOptions(),
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    // A trace of each test takes a fifth of its time: `npx playwright test --trace on` makes one where a test fails.
    trace: "off",
  },
});
