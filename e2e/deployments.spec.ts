import { expect, test } from "#test/browser/fixtures";

test("shows a deployment with its parameters, runs and artifacts", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const deployment = await vitrine.deployment.create.mutate({
    flowId: flow.id,
    name: "nightly",
    description: "Loads one **day**",
    version: "2.1",
    tags: ["eu"],
    paused: true,
    entrypoint: "flows.py:load",
    path: "/srv/flows",
    parameters: { ratio: 0.5, days: [7, null] },
    parameterOpenapiSchema: { type: "object", required: ["ratio"] },
  });
  const other = await vitrine.deployment.create.mutate({ flowId: flow.id, name: "weekly" });
  const start = (deploymentId: string, name: string) =>
    vitrine.flowRun.create.mutate({ flowId: flow.id, deploymentId, name, state: { type: "COMPLETED" } });
  const [run, elsewhere] = [await start(deployment.id, "nightly-7"), await start(other.id, "weekly-1")];
  await vitrine.artifact.create.mutate({ key, data: 1, flowRunId: run.id });
  await vitrine.artifact.create.mutate({ key: `${key}-weekly`, data: 2, flowRunId: elsewhere.id });

  await page.goto(`/deployments/deployment/${deployment.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "nightly" })).toBeVisible();
  await page.goto(`/runs/flow-run/${run.id}`);
  await page.getByRole("link", { name: "nightly", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "nightly" })).toBeVisible();
  await expect(page).toHaveURL(`/runs/deployment/${deployment.id}`);
  const about = page.getByRole("complementary", { name: "About this deployment" });
  for (const fact of [key, "Paused", "2.1", "flows.py:load", "/srv/flows", "eu", deployment.id]) {
    await expect(about).toContainText(fact);
  }
  await expect(page.getByText("Loads one day")).toBeVisible();
  const parameters = page.getByRole("tree", { name: "Parameters" });
  for (const text of ["ratio", "0.5", "days", "null"]) await expect(parameters).toContainText(text);
  await expect(page.getByRole("tree", { name: "Parameter schema" })).toContainText("required");
  const artifacts = page.getByRole("table", { name: "Newest artifacts of this deployment" });
  await expect(artifacts.getByRole("rowheader").getByRole("link")).toHaveText([key]);
  const runs = page.getByRole("table", { name: "Latest runs of this deployment" }).getByRole("rowheader");
  await expect(runs.getByRole("link")).toHaveText(["nightly-7"]);

  await page.getByRole("link", { name: "All runs" }).click();
  await expect(page.getByRole("button", { name: "Deployment is nightly" })).toBeVisible();
  const listed = page.getByRole("table", { name: "Flow runs" }).getByRole("rowheader");
  await expect(listed).toHaveCount(1);
  await page.getByRole("link", { name: "Clear filter: Deployment is nightly" }).click();
  await expect(listed).toHaveCount(2);
  await page.getByRole("table", { name: "Flow runs" }).getByRole("link", { name: "weekly", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "weekly" })).toBeVisible();
});

for (const [what, id] of [
  ["id", "0199b3c8-0000-7000-8000-000000000000"],
  ["malformed id", "not-an-id"],
] as const) {
  test(`an unknown ${what} of a deployment is a 404 with a link to the runs`, async ({ page }) => {
    const response = await page.goto(`/deployments/deployment/${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Deployment not found" })).toBeVisible();
    await page.getByRole("link", { name: "All runs" }).click();
    await expect(page.getByRole("heading", { name: "Runs", exact: true })).toBeVisible();
  });
}
