import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { connect, type Vitrine } from "#client/connect";
import { startHttpServer, type TestServer } from "#test/http-server";
import { installed, pythonPath } from "#test/prefect/python";
import { createProject, type Project } from "#test/project";
import { startRedis, withoutRedis } from "#test/redis";

let server: TestServer;
let vitrine: Vitrine;
let project: Project;
beforeAll(async () => {
  [server, project] = await Promise.all([startHttpServer(), createProject("examples")]);
  vitrine = connect({ url: server.origin });
}, 60_000);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const node = (file: string, env: Record<string, string> = {}) =>
  project.start(process.execPath, ["--import", "tsx", file], { VITRINE_URL: server.origin, ...env });

/** The runs of a flow, the latest first, and what the latest version of a key is. */
const runsOf = (flow: string) => vitrine.flowRun.list.query({ where: { flows: { name: { any: [flow] } } } });
const latest = (key: string) => vitrine.collection.latest.query({ key });

test("the examples have the types that the client has", async () => {
  const compilerOptions = {
    module: "esnext",
    moduleResolution: "bundler",
    target: "ES2023",
    lib: ["ES2024", "DOM", "DOM.Iterable"],
    jsx: "react-jsx",
    strict: true,
    noUncheckedIndexedAccess: true,
    checkJs: true,
    noImplicitAny: false,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  };
  const tsconfig = { compilerOptions, include: ["*/**/*.ts", "*/**/*.tsx", "*/*.mjs"] };
  await writeFile(join(project.folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const tsc = join(process.cwd(), "node_modules", "typescript", "bin", "tsc");
  expect(await project.run(process.execPath, [tsc, "-p", "."])).toBe("");
});

test("cron-script publishes in a run, and ends well without a server", async () => {
  const args = ["cron-script/disk-usage.mjs", "express"];
  await project.run(process.execPath, args, { VITRINE_URL: server.origin });
  const [run] = await runsOf("disk-usage");
  expect(run).toMatchObject({ state: { type: "COMPLETED" }, parameters: { folder: "express" } });
  const { data, flowRunId } = await latest("largest-files");
  expect([data, flowRunId]).toEqual([[{ file: "express/server.ts", bytes: expect.any(Number) }], run?.id]);
  expect((await latest("disk-usage")).data).toMatch(/^# 0\.0 MiB\n\n1 files in `express`\.$/);

  const alone = await project.start(process.execPath, args, { VITRINE_URL: "http://127.0.0.1:1" }).ended;
  expect(alone).toMatchObject({ code: 0, stderr: expect.stringContaining("http://127.0.0.1:1") });
});

test("express gives every request a run of its own, and errors their status", async () => {
  const { printed, child, ended } = node("express/server.ts", { PORT: "0" });
  const [, port] = await printed(/port: (\d+)/);
  const report = `http://127.0.0.1:${port}/reports`;
  const post = (name: string, rows: unknown, headers = {}) =>
    fetch(`${report}/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(rows),
    });
  const cities = ["oslo", "bergen", "tromso"];
  const responses = await Promise.all(cities.map((city) => post(city, [{ city }])));
  expect(responses.map(({ status }) => status)).toEqual([201, 201, 201]);
  for (const run of await runsOf("reports-api")) {
    const [artifact] = await vitrine.artifact.list.query({ where: { flowRuns: { id: { any: [run.id] } } } });
    expect([artifact?.key]).toEqual(run.tags);
  }
  const once = { "idempotency-key": "a" };
  const repeated = [await post("once", [{ n: 1 }], once), await post("once", [{ n: 1 }], once)];
  expect(await Promise.all(repeated.map((response) => response.json()))).toMatchObject([
    { version: 1 },
    { version: 1 },
  ]);

  expect(await (await fetch(`${report}/oslo`)).json()).toEqual({ version: 1, rows: [{ city: "oslo" }] });
  expect((await fetch(`${report}/none`)).status).toBe(404);
  const refused = await post("oslo", "text");
  expect(refused.status).toBe(400);
  child.kill();
  await ended;
});

test.skipIf(withoutRedis)(`bullmq makes a run of every job ${withoutRedis}`, async () => {
  await using redis = await startRedis();
  const env = { REDIS_URL: redis.url };
  const { printed, child, ended } = node("bullmq/worker.ts", env);
  await printed(/Waiting for jobs/);
  await node("bullmq/add-jobs.ts", env).ended;
  await printed(/(?:Job [12]: 18\s+){2}/);
  child.kill("SIGTERM");
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([0, "Job 3: No item has the number -1.\n"]);
  const runs = await runsOf("orders");
  const states = Object.fromEntries(runs.map(({ name, state }) => [name, [state?.type, state?.message]]));
  expect(states).toEqual({
    "order-1": ["COMPLETED", null],
    "order-2": ["COMPLETED", null],
    "order-3": ["FAILED", "No item has the number -1."],
  });
  expect(await latest("orders-oslo")).toMatchObject({ version: 1, data: [{ price: 3 }, { price: 6 }, { price: 9 }] });
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
test.skipIf(!hasPython)(`python-http publishes once and reads${hasPython ? "" : " (no python3)"}`, async () => {
  const run = () => project.run("python3", ["python-http/publish.py"], { VITRINE_URL: server.origin });
  const printed = await run();
  const { id, data } = await latest("orders");
  expect(data).toEqual([
    { city: "Oslo", orders: 41 },
    { city: "Bergen", orders: 17 },
  ]);
  const lines = printed.trim().split("\n");
  expect(lines[0]).toBe(`${server.origin}/artifacts/${id}`);
  expect(lines).toContain("orders 1");
  expect(lines.at(-1)).toBe('NOT_FOUND: Key "no-such-key" has no versions.');
  expect((await run()).split("\n")[0]).toBe(lines[0]);
});

const tools = ["bash", "curl", "jq"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0).join(", ");
test.skipIf(tools)(`github-actions publishes the output of a job once${tools && ` (no ${tools})`}`, async () => {
  const workflow = parse(await readFile(join(project.folder, "github-actions", "publish-report.yml"), "utf8"));
  const { run } = workflow.jobs.test.steps.find(({ name }: { name?: string }) => name === "Publish the report");
  await writeFile(join(project.folder, "test-output.txt"), '2 passed, "0" failed\n');
  const env = {
    VITRINE_URL: server.origin,
    VITRINE_API_KEY: "unused",
    RUN_URL: "https://github.com/acme/shop/actions/runs/7",
    GITHUB_SHA: "c0ffee",
    GITHUB_REF_NAME: "main",
    GITHUB_RUN_ID: "7",
  };
  // As GitHub runs a step.
  const step = () => project.run("bash", ["-e", "-c", run], env);
  await step();
  await step();
  const report = await latest("test-report");
  expect(report).toMatchObject({ version: 1, type: "markdown", metadata: { commit: "c0ffee" } });
  expect(report.data).toBe(
    '# Tests of main\n\n[c0ffee](https://github.com/acme/shop/actions/runs/7)\n\n~~~~text\n2 passed, "0" failed\n~~~~\n',
  );
  await expect(project.run("bash", ["-e", "-c", run], { ...env, VITRINE_URL: "http://127.0.0.1:1" })).rejects.toThrow();
});

// Next.js compiles the example, and Python imports Prefect, for seconds each.
if (inject("runs") > 1) {
  test("nextjs-action publishes what a form sends, and displays it", { timeout: 60_000 }, async () => {
    const next = join(process.cwd(), "node_modules", "next", "dist", "bin", "next");
    const env = { VITRINE_URL: server.origin, NEXT_TELEMETRY_DISABLED: "1" };
    const { printed, child, ended } = project.start(
      process.execPath,
      [next, "dev", "nextjs-action", "--hostname", "127.0.0.1", "--port", "0"],
      env,
    );
    const [, origin = ""] = await printed(/(http:\/\/127\.0\.0\.1:[1-9]\d*)/);
    // A browser without JavaScript sends the form like this.
    const form = new FormData();
    const page = await (await fetch(origin)).text();
    for (const [, name = "", value = ""] of page.matchAll(
      /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g,
    )) {
      form.append(name, value.replaceAll("&quot;", '"'));
    }
    form.append("text", "# From a form");
    const sent = await fetch(origin, { method: "POST", body: form });
    const text = await sent.text();
    expect([sent.status, text]).toEqual([200, expect.stringContaining("# From a form")]);
    expect(await latest("notes")).toMatchObject({ version: 1, type: "markdown", data: "# From a form" });
    expect(await runsOf("notes-app")).toMatchObject([{ state: { type: "COMPLETED" } }]);
    child.kill();
    await ended;
  });

  const skipped = installed ? "" : " (.ci/run installs Prefect, where Python is present)";
  test.skipIf(!installed)(`python-prefect publishes from a task of a flow${skipped}`, { timeout: 90_000 }, async () => {
    const env = {
      PREFECT_API_URL: `${server.origin}/api`,
      PREFECT_HOME: join(project.folder, ".prefect-home"),
      PREFECT_SERVER_ANALYTICS_ENABLED: "false",
      DO_NOT_TRACK: "1",
    };
    expect((await project.run(pythonPath, ["python-prefect/flow.py"], env)).trim()).toBe("58");
    const { data, flowRunId, taskRunId } = await latest("daily-report");
    expect(data).toBe("# 58 orders");
    expect(await runsOf("daily")).toMatchObject([{ id: flowRunId, state: { type: "COMPLETED" } }]);
    const where = { flows: { name: { any: ["daily"] } } };
    const tasks = await vitrine.taskRun.list.query({ where });
    expect(tasks.map(({ taskKey }) => taskKey.replace(/-.*/, "")).sort()).toEqual(["load", "report"]);
    expect(tasks.map(({ id }) => id)).toContain(taskRunId);
  });
}
