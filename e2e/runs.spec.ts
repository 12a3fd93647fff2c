import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";

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
  await page.getByRole("searchbox", { name: "Name contains" }).fill(key);
  await expect(rows).toHaveCount(3);
  await page.getByRole("textbox", { name: "Tags" }).fill("eu, big");
  await page.getByRole("textbox", { name: "Tags" }).press("Enter");
  await expect(rows).toHaveCount(2);
  await page.getByRole("combobox", { name: "Started" }).selectOption("Last 24 hours");
  await expect(rows).toHaveText([`${key}-one${key}`]);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/runs$/);
});

test("filters runs by flow and state, and clears one filter", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  for (const [at, type] of (["COMPLETED", "COMPLETED", "FAILED"] as const).entries()) {
    await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-${at}`, state: { type } });
  }
  const rows = page.getByRole("table", { name: "Flow runs" }).getByRole("rowheader");
  await page.goto("/runs");
  await page.getByRole("combobox", { name: "Flow" }).selectOption(key);
  await expect(rows).toHaveCount(3);
  await page.getByRole("combobox", { name: "State" }).selectOption("Failed");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/state=FAILED/);
  await page.getByRole("combobox", { name: "State" }).selectOption("Paused");
  await page.getByRole("link", { name: "Clear filter: state “Paused”" }).click();
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
  await expect(artifacts.typeFilter.getByRole("option", { name: "Table (3)" })).toBeAttached();
  await artifacts.filter(key, `${key} 3`);
  await expect(page).toHaveURL(/flow=/);
  await artifacts.filter("state failed", "Failed 1");
  await expect(artifacts.rows).toHaveCount(1);
  await artifacts.goto(`?key=${key}&state=FAILED&tags=${key}-us`);
  await expect(page.getByRole("link", { name: "Clear filter: run state “Failed” 2 artifacts" })).toBeVisible();
  await page.getByRole("link", { name: `Clear filter: run tag “${key}-us” 1 artifact` }).click();
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("link", { name: "Clear filter: run state “Failed”" }).click();
  await expect(artifacts.rows).toHaveCount(3);
});

test("no page of runs has an accessibility violation", async ({ vitrine, key, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const flow = await vitrine.flow.create.mutate({ name: key });
  const state = { type: "FAILED", message: "It failed" } as const;
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, tags: ["a"], parameters: { a: 1 }, state });
  const task = await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "load", dynamicKey: "0", state });
  await vitrine.artifact.create.mutate({ key, data: 1, flowRunId: run.id, taskRunId: task.id });
  const nowhere = "/runs/flow-run/0199b3c8-0000-7000-8000-000000000000";
  const paths = ["/runs", "/runs?state=PAUSED", `/runs/flow-run/${run.id}`, `/runs/task-run/${task.id}`, nowhere];
  for (const path of [...paths, `/artifacts?flow=${key}&tags=a`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect.soft(await axeViolations(page), path).toEqual([]);
  }
});
