import { context } from "esbuild";
import { connect } from "#client/connect";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";

test("the example with React Query publishes, follows changes and displays errors", async ({ page }) => {
  const bundler = await context({
    entryPoints: ["examples/trpc-react-query/main.tsx"],
    bundle: true,
    outdir: "examples/trpc-react-query",
    write: false,
  });
  const { port } = await bundler.serve({ servedir: "examples/trpc-react-query", host: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${port}`;
  const product = await startProduct({ VITRINE_ALLOWED_ORIGINS: origin }, { pages: false });
  try {
    await page.goto(`${origin}/?server=${product.url}`);
    const publish = async (key: string) => {
      await page.getByLabel("Key").fill(key);
      await page.getByRole("button", { name: "Publish" }).click();
    };
    await publish("sales");
    await expect(page.getByRole("listitem")).toHaveText(["sales, version 1"]);
    await connect({ url: product.url }).markdown("sales", "# From elsewhere");
    await expect(page.getByRole("listitem")).toHaveText(["sales, version 2"]);
    await publish("Not a key");
    await expect(page.getByRole("alert")).toHaveText(/^BAD_REQUEST: .*lowercase/);
  } finally {
    await product.stop();
    await bundler.dispose();
  }
});
