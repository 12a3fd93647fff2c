import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { type Product, startProduct } from "#test/browser/product";
import { CLIENT, startProvider, type TestProvider } from "#test/openid-provider";

const openIdTest = test.extend<object, { provider: TestProvider; openId: Product }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      await using provider = await startProvider();
      await use(provider);
    },
    { scope: "worker" },
  ],
  openId: [
    async ({ provider }, use) => {
      const openId = await startProduct({
        VITRINE_OIDC_ISSUER: provider.issuer,
        VITRINE_OIDC_CLIENT_ID: CLIENT.clientId,
        VITRINE_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
        VITRINE_OIDC_ROLES: "owners:admin",
        VITRINE_OIDC_NAME: "Example",
      });
      provider.restart([`${openId.url}/sign-in/callback`]);
      await use(openId);
      await openId.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

openIdTest(
  "people sign in and out at a provider, and are listed, signed out and deleted",
  async ({ page, browser, provider, openId }) => {
    provider.accounts.set("ann", { name: "Ann Example", email: "ann@example.com", groups: ["owners"] });
    provider.accounts.set("bob", { name: "Bob", groups: [] });

    const other = await (await browser.newContext()).newPage();
    await other.goto(`${openId.url}/artifacts`);
    await other.getByRole("link", { name: "Sign in with Example" }).click();
    await other.getByLabel("Name").fill("bob");
    await other.getByRole("button", { name: "Continue" }).click();
    await expect(other.getByRole("alert").filter({ hasText: "none of your groups has access" })).toBeVisible();
    expect(await axeViolations(other)).toEqual([]);

    const signIn = async () => {
      await page.goto(`${openId.url}/settings/people`);
      await page.getByRole("link", { name: "Sign in with Example" }).click();
      await page.getByLabel("Name").fill("ann");
      await page.getByRole("button", { name: "Continue" }).click();
    };
    await signIn();
    await expect(page).toHaveURL(`${openId.url}/settings/people`);
    await expect(page.getByRole("button", { name: "Account: Ann Example, admin access" })).toBeVisible();
    const row = page.getByRole("row", { name: /^Ann Example.*ann@example\.com.*admin/ });
    await expect(row).toBeVisible();
    await expect(page.getByRole("table", { name: "People" }).getByRole("row")).toHaveCount(2);
    expect(await axeViolations(page)).toEqual([]);

    // The page that leads to the provider is one that its policy permits.
    await page.getByRole("button", { name: "Account: Ann Example, admin access" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page).toHaveURL(`${openId.url}/sign-in`);
    await signIn();
    await row.getByRole("button", { name: "Sign out Ann Example" }).click();
    await page
      .getByRole("alertdialog", { name: "Sign out Ann Example?" })
      .getByRole("button", { name: "Sign out" })
      .click();
    // Her own session has ended too.
    const status = async () => (await page.request.get(`${openId.url}/api/trpc/person.count`)).status();
    await expect.poll(status).toBe(401);
    await page.goto(`${openId.url}/settings/people`);
    await page.getByRole("link", { name: "Sign in with Example" }).click();
    await expect(row).toBeVisible();
    await row.getByRole("button", { name: "Delete Ann Example" }).click();
    await page
      .getByRole("alertdialog", { name: "Delete Ann Example?" })
      .getByRole("button", { name: "Delete" })
      .click();
    await expect.poll(status).toBe(401);
    await page.goto(`${openId.url}/settings/people`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  },
);
