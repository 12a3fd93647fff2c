import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";
import { CLIENT, startProvider } from "#test/openid-provider";

test("people sign in at a provider, and are listed and deleted in the settings", async ({ page, browser }) => {
  await using provider = await startProvider();
  const product = await startProduct({
    VITRINE_OIDC_ISSUER: provider.issuer,
    VITRINE_OIDC_CLIENT_ID: CLIENT.clientId,
    VITRINE_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    VITRINE_OIDC_ROLES: "owners:admin",
    VITRINE_OIDC_NAME: "Example",
  });
  provider.restart([`${product.url}/sign-in/callback`]);
  provider.accounts.set("ann", { name: "Ann Example", email: "ann@example.com", groups: ["owners"] });
  provider.accounts.set("bob", { name: "Bob", groups: [] });

  const other = await (await browser.newContext()).newPage();
  await other.goto(`${product.url}/artifacts`);
  await other.getByRole("link", { name: "Sign in with Example" }).click();
  await other.getByLabel("Name").fill("bob");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "none of your groups has access" })).toBeVisible();
  expect(await axeViolations(other)).toEqual([]);

  await page.goto(`${product.url}/settings/people`);
  await page.getByRole("link", { name: "Sign in with Example" }).click();
  await page.getByLabel("Name").fill("ann");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`${product.url}/settings/people`);
  await expect(page.getByRole("button", { name: "Account: Ann Example, admin access" })).toBeVisible();
  const row = page.getByRole("row", { name: /^Ann Example.*ann@example\.com.*admin/ });
  await expect(row).toBeVisible();
  await expect(page.getByRole("table", { name: "People" }).getByRole("row")).toHaveCount(2);
  expect(await axeViolations(page)).toEqual([]);
  await row.getByRole("button", { name: "Delete Ann Example" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  // Her own session has ended too.
  const status = async () => (await page.request.get(`${product.url}/api/trpc/person.count`)).status();
  await expect.poll(status).toBe(401);
  await page.goto(`${product.url}/settings/people`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await product.stop();
});
