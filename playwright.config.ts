import { defineConfig } from "@playwright/test";
import { launchOptions } from "#test/browser/browser";

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: launchOptions(),
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    // A trace of each test takes a fifth of its time: `npx playwright test --trace on` makes one where a test fails.
    trace: "off",
  },
});
