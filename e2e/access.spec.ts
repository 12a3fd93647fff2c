import { connect } from "#client/connect";
import { expect, test } from "#test/browser/fixtures";
import { type Product, startProduct } from "#test/browser/product";

const SECRET = "a-secret-for-reading-and-writing";

const guardedTest = test.extend<object, { guarded: Product }>({
  guarded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const guarded = await startProduct({ VITRINE_API_KEYS: `ann:write:${SECRET},bob:read:${SECRET}-read` });
      await use(guarded);
      await guarded.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

guardedTest.describe("with API keys configured", () => {
  for (const javaScriptEnabled of [true, false]) {
    guardedTest.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
      guardedTest.use({ javaScriptEnabled });

      guardedTest("signs in with an API key and out again", async ({ page, guarded }) => {
        await page.goto(`${guarded.url}/artifacts`);
        await expect(page).toHaveURL(/\/sign-in/);
        await page.getByLabel("API key").fill("a-wrong-key");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("alert").filter({ hasText: "Invalid API key" })).toBeVisible();
        await page.getByLabel("API key").fill(SECRET);
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("heading", { level: 1, name: "Artifacts" })).toBeVisible();
        await page.getByRole("button", { name: "Sign out" }).click();
        await expect(page).toHaveURL(/\/sign-in/);
      });
    });
  }

  guardedTest("rejects calls without an API key, and writes of the role read", async ({ guarded }) => {
    const create = { key: "guarded", data: 1 };
    await expect(connect({ url: guarded.url }).artifact.create.mutate(create)).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
    const reader = connect({ url: guarded.url, apiKey: `${SECRET}-read` });
    await expect(reader.artifact.create.mutate(create)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await connect({ url: guarded.url, apiKey: SECRET }).artifact.create.mutate(create);
    expect(await reader.collection.latest.query({ key: "guarded" })).toMatchObject({ version: 1, data: 1 });
  });
});

test("an empty instance shows how to publish, until the first artifact arrives", async ({ page }) => {
  const empty = await startProduct();
  await page.goto(`${empty.url}/artifacts`);
  await expect(page.getByRole("heading", { name: "No artifacts yet" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(empty.url);
  await connect({ url: empty.url }).artifact.create.mutate({ key: "the-first", data: 1 });
  // The page refetches every 15 seconds at the latest.
  await expect(page.getByRole("link", { name: "the-first" })).toBeVisible({ timeout: 20_000 });
  await page.close();
  await empty.stop();
});
