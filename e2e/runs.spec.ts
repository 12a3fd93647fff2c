import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";
import { addFilter } from "./pages/artifacts-page";
import { interactive } from "./pages/interactive";

test("links a version to its run, and the run to all its artifacts", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const deployment = await vitrine.deployment.create.mutate({ flowId: flow.id, name: "prod" });
  const run = await vitrine.flowRun.create.mutate({
    flowId: flow.id,
    deploymentId: deployment.id,
    name: "nightly-7",
    tags: ["eu"],
    parameters: { day: 7 },
    state: { type: "FAILED", message: "The disk was full" },
    startTime: "2026-01-01T00:00:00Z",
    endTime: "2026-01-01T00:01:05Z",
  });
  const task = await vitrine.taskRun.create.mutate({
    flowRunId: run.id,
    taskKey: "load",
    dynamicKey: "0",
    name: "load-0",
  });
  const more = { flowRunId: run.id, taskRunId: task.id };
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 1, ...more });
  await vitrine.artifact.create.mutate({ key: `${key}-by-the-run-alone`, data: 2, flowRunId: run.id });

  const version = await new ArtifactPage(page).goto(id);
  await version.about.getByRole("link", { name: "nightly-7" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "nightly-7" })).toBeVisible();
  const about = page.getByRole("complementary", { name: "About this run" });
  for (const fact of ["Failed", "prod", "eu", "1 min 5 s", key]) await expect(about).toContainText(fact);
  await expect(page.getByText("The disk was full")).toBeVisible();
  const ofTask = page.getByRole("table", { name: "Artifacts of load-0" });
  await expect(ofTask.getByRole("rowheader").getByRole("link")).toHaveText([key]);
  const unattached = page.getByRole("table", { name: "Artifacts not attached to a task" });
  await expect(unattached.getByRole("rowheader").getByRole("link")).toHaveText([`${key}-by-the-run-alone`]);

  const produced = page.getByRole("table", { name: "Artifacts of this run" }).getByRole("rowheader");
  await page.getByRole("region", { name: "Task runs" }).getByRole("link", { name: "load-0" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "load-0" })).toBeVisible();
  await expect(produced).toHaveCount(1);
  await produced.getByRole("link").click();
  await version.shown();
});

test("the page of a deleted or unknown run still lists its artifacts", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: "short-lived" });
  const unknown = "0199b3c8-0000-7000-8000-00000000abcd";
  await vitrine.artifact.create.mutate({ key, data: 1, flowRunId: run.id, taskRunId: unknown });
  await page.goto(`/runs/flow-run/${run.id}`);
  await expect(page.getByRole("table", { name: "Artifacts of 0199b3c8" })).toContainText(key);
  await expect(page.getByText("· unknown")).toBeVisible();
  await vitrine.flowRun.remove.mutate({ id: run.id });
  for (const path of [`/runs/flow-run/${run.id}`, `/runs/task-run/${unknown}`]) {
    await page.goto(path);
    await expect(page.getByText("was deleted, or never reported")).toBeVisible();
    await expect(page.getByRole("rowheader", { name: key })).toBeVisible();
  }
});

test("filters runs by name, tags and time", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = (name: string, tags: string[], startTime: string) =>
    vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-${name}`, tags, startTime });
  const now = new Date().toISOString();
  await run("one", ["eu", "big"], now);
  await run("two", ["eu"], now);
  await run("old", ["eu", "big"], "2020-01-01T00:00:00Z");
  const rows = page.getByRole("table", { name: "Flow runs" }).getByRole("rowheader");
  await page.goto("/runs");
  await interactive(page);
  await page.getByRole("searchbox", { name: "Name contains" }).fill(key);
  await expect(rows).toHaveCount(3);
  await addFilter(page, "tag eu", "eu 3");
  await addFilter(page, "tag big", "big 2");
  await expect(rows).toHaveCount(2);
  await addFilter(page, "24", "Last 24 hours");
  await expect(rows.getByRole("link")).toHaveText([`${key}-one`]);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
});

test("the heads of the runs sort them, and on a phone a choice does", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  for (const [name, startTime] of [
    ["b", "2026-01-02T00:00:00Z"],
    ["a", "2026-01-01T00:00:00Z"],
    ["c", "2026-01-03T00:00:00Z"],
  ]) {
    await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-${name}`, startTime });
  }
  const table = page.getByRole("table", { name: "Flow runs" });
  const names = async (...ends: string[]) =>
    expect(table.getByRole("rowheader").getByRole("link")).toHaveText(ends.map((end) => `${key}-${end}`));
  const head = (name: string) => table.getByRole("columnheader", { name });
  await page.goto(`/runs?flow=${key}`);
  await interactive(page);
  await names("c", "b", "a");
  const linkOf = (end: string) => table.getByRole("link", { name: `${key}-${end}` });
  for (const [pressed, focused] of [
    ["j", "c"],
    ["j", "b"],
    ["k", "c"],
  ] as const) {
    await page.keyboard.press(pressed);
    await expect(linkOf(focused)).toBeFocused();
  }
  await expect(head("Started")).toHaveAttribute("aria-sort", "descending");
  await head("Flow run").getByRole("link").click();
  await names("a", "b", "c");
  await expect(head("Flow run")).toHaveAttribute("aria-sort", "ascending");
  await head("Flow run").getByRole("link").click();
  await names("c", "b", "a");
  await head("Started").getByRole("link").click();
  await expect(head("Started")).toHaveAttribute("aria-sort", "descending");
  await head("Started").getByRole("link").click();
  await names("a", "b", "c");
  await expect(page).toHaveURL(`/runs?flow=${key}&sort=oldest`);
  const { height = 0 } = (await table.getByRole("row").nth(1).boundingBox()) ?? {};
  expect(height).toBeLessThanOrEqual(33);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("combobox", { name: "Sort" }).selectOption("Newest");
  await names("c", "b", "a");
});

test("filters runs by flow and state, and clears one filter", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  for (const [at, type] of (["COMPLETED", "COMPLETED", "FAILED"] as const).entries()) {
    await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-${at}`, state: { type } });
  }
  const rows = page.getByRole("table", { name: "Flow runs" }).getByRole("rowheader");
  await page.goto("/runs");
  await interactive(page);
  await addFilter(page, `flow=${key}`, `Flow is ${key}`);
  await expect(rows).toHaveCount(3);
  await addFilter(page, "failed", "Failed 1");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/state=FAILED/);
  await page.getByRole("button", { name: "Run state is Failed" }).click();
  const editor = page.getByRole("dialog", { name: "Change filter: Run state is Failed" });
  await editor.getByRole("combobox", { name: "Operator" }).selectOption("is not");
  await editor.getByRole("option", { name: "Completed 2" }).click();
  await editor.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/where=state!=FAILED,COMPLETED/);
  await page.getByRole("heading", { name: "No matching runs" }).waitFor();
  await page.getByRole("link", { name: "Clear filter: Run state is not Failed or Completed" }).last().click();
  await expect(rows).toHaveCount(3);
});

test("filters artifacts by the runs that produced them, with counts", async ({ vitrine, artifacts, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = (type: "FAILED" | "COMPLETED", tag: string) =>
    vitrine.flowRun.create.mutate({ flowId: flow.id, state: { type }, tags: [tag] });
  const [failed, completed] = await Promise.all([run("FAILED", `${key}-eu`), run("COMPLETED", `${key}-us`)]);
  for (const [at, { id }] of [failed, completed, completed].entries()) {
    await vitrine.artifact.create.mutate({ key: `${key}-${at}`, type: "table", data: [], flowRunId: id });
  }
  await artifacts.goto(`?key=${key}`);
  await artifacts.filter(key, `${key} 3`);
  await expect(page).toHaveURL(/flow=/);
  await artifacts.filter("state failed", "Failed 1");
  await expect(artifacts.rows).toHaveCount(1);
  await artifacts.goto(`?key=${key}&state=FAILED&tags=${key}-us`);
  await expect(page.getByRole("link", { name: "Clear filter: Run state is Failed 2 artifacts" })).toBeVisible();
  await page.getByRole("link", { name: `Clear filter: Run tag has all of ${key}-us 1 artifact` }).click();
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("link", { name: "Clear filter: Run state is Failed" }).click();
  await expect(artifacts.rows).toHaveCount(3);
});

test("runs tell what they produced and why they failed, by flow, and a flow has a page", async ({
  vitrine,
  key,
  page,
}) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const times = { startTime: new Date(Date.now() - 60_000).toISOString(), endTime: new Date().toISOString() };
  const create = (name: string, type: "FAILED" | "COMPLETED", message?: string) =>
    vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-${name}`, state: { type, message }, ...times });
  const [completed] = [await create("good", "COMPLETED"), await create("bad", "FAILED", "The disk was full")];
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key, data, flowRunId: completed.id });

  await page.goto(`/runs?flow=${key}`);
  await interactive(page);
  const row = (name: string) => page.getByRole("row").filter({ hasText: `${key}-${name}` });
  await expect(row("good").getByRole("cell", { name: "2", exact: true })).toBeVisible();
  await expect(row("bad")).toContainText("The disk was full");
  await page.getByRole("combobox", { name: "Group" }).selectOption("By flow");
  await expect(page.getByRole("rowheader", { name: `${key} 2 runs` })).toBeVisible();
  // On a phone too the names have the most room.
  await page.setViewportSize({ width: 390, height: 800 });
  const name = page.getByRole("rowheader", { name: `${key}-good` });
  await expect.poll(async () => (await name.boundingBox())?.width).toBeGreaterThan(150);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("searchbox", { name: "Name contains" }).fill("good");
  await page.getByRole("searchbox", { name: "Name contains" }).press("Enter");
  await expect(page.getByRole("link", { name: `${key}-good` })).toBeFocused();

  await page.getByRole("link", { name: key, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: key })).toBeVisible();
  await expect(page.getByRole("figure", { name: "Runs over time" })).toContainText("50 %completed, of 2 runs since");
  const runs = page.getByRole("table", { name: "Latest runs of this flow" }).getByRole("rowheader");
  await expect(runs).toHaveCount(2);
  await page.getByRole("region", { name: "Artifacts" }).getByRole("link", { name: key, exact: true }).click();
  await expect(page).toHaveURL(`/artifacts/key/${key}`);
  await page.getByRole("link", { name: key, exact: true }).first().click();
  await expect(page).toHaveURL(`/runs/flow/${flow.id}`);
});
