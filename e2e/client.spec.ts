import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";

test("sends concurrent calls in batches of at most 20", async ({ vitrine, key }) => {
  const created = await Promise.all(
    Array.from({ length: 45 }, (_, i) => vitrine.artifact.create.mutate({ key: `${key}-${i}`, data: i })),
  );
  expect(new Set(created.map(({ id }) => id)).size).toBe(45);
});

test("sends a query that is too long for a URL by POST", async ({ vitrine, key }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  const any = Array.from({ length: 900 }, (_, i) => `0199b3c8-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const found = await vitrine.artifact.list.query({ where: { artifacts: { id: { any: [...any, id] } } } });
  expect(found.map((row) => row.id)).toEqual([id]);
});

test("rejects with the code and the details of the error", async ({ vitrine }) => {
  await expect(vitrine.collection.latest.query({ key: "nothing-here" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(vitrine.artifact.create.mutate({ key: "Not a key" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    details: { field: "key" },
  });
});

test("publishes from a page of an allowed origin, and says what would allow another one", async ({ browser }) => {
  const { outputFiles } = await build({
    entryPoints: ["client/connect.ts"],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "vitrineClient",
  });
  const app = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><script>${outputFiles[0]?.text.replaceAll("</script", "<\\/script")}</script>`);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const { port } = app.address() as AddressInfo; // it listens on a port
  const allowed = `http://127.0.0.1:${port}`;
  const variables = { VITRINE_ALLOWED_ORIGINS: allowed, VITRINE_API_KEYS: "app:write:correct-horse" };
  const product = await startProduct(variables, { pages: false });
  try {
    const publish = async (origin: string) => {
      const page = await browser.newPage();
      await page.goto(origin);
      const publishing = `vitrineClient.connect({ url: "${product.url}", apiKey: "correct-horse", retries: 0 })
        .markdown("from-a-page", "# Hi").then(({ version }) => version, ({ message }) => message)`;
      const result = await page.evaluate(publishing);
      await page.close();
      return result;
    };
    expect(await publish(allowed)).toBe(1);
    const other = `http://localhost:${port}`;
    expect(await publish(other)).toContain(`and that VITRINE_ALLOWED_ORIGINS of the server has ${other}.`);
  } finally {
    await product.stop();
    app.closeAllConnections();
    app.close();
  }
});
