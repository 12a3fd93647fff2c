import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { installed, type Prefect, prefect } from "#test/prefect/python";
import { createServerFolder, type ServerFolder } from "#test/server-process";
import { PREFECT_VERSION } from "./openapi";

const subject = installed
  ? "an unmodified Prefect client"
  : "an unmodified Prefect client (skipped: .ci/run installs one into .prefect where Python is present)";

type Row = Record<string, unknown>;

// Starting Python takes seconds.
describe.skipIf(!installed)(subject, { timeout: 90_000 }, () => {
  let fresh: FreshDatabase;
  let here: ServerFolder;
  let api: string;
  let ran: Prefect;
  beforeAll(async () => {
    fresh = await freshDatabase();
    here = await createServerFolder(process.env);
    api = `${await here.start({ DATABASE_URL: fresh.url }).ready}/api`;
    ran = prefect(process.env, api, join(here.folder, "prefect"));
  });
  afterAll(async () => {
    await ran[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
    await fresh[Symbol.asyncDispose]();
  });

  const rows = async (path: string, body: object): Promise<Row[]> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${api}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return await response.json();
  };

  /** The versions whose key holds a text, by key. */
  const published = async (like_: string) => {
    const found = await rows("/artifacts/filter", { artifacts: { key: { like_ } }, sort: "KEY_ASC" });
    return Object.fromEntries(found.map((row) => [row.key, row]));
  };

  it("creates, updates and finds artifacts outside of a flow", async () => {
    const printed = (await ran.client("outside")) as { ids: Record<string, string> }; // what client.py prints
    expect(printed).toMatchObject({ progress: 55.5, once: [true, false, true], none: null });
    const found = await published("out-");
    expect(found).toMatchObject({
      "out-markdown": {
        id: printed.ids.markdown,
        type: "markdown",
        data: "# Héllo",
        description: "said",
        flow_run_id: null,
      },
      "out-table": { id: printed.ids.table, type: "table", data: '[{"a": 1, "b": null}]' },
      "out-link": { type: "markdown", data: "[there](https://example.org)" },
      "out-image": { type: "image", data: "https://example.org/a.png" },
      "out-progress": { type: "progress", data: 55.5, description: "half" },
      "out-once": { type: "json", data: '{"x": 1}' },
    });
    const keyless = await rows("/artifacts/filter", { artifacts: { key: { exists_: false } } });
    expect(keyless).toMatchObject([{ id: printed.ids.keyless, data: "no key" }]);
  });

  it("runs flows with tasks and links their artifacts", async () => {
    const printed = (await ran.client("flow")) as { run: string; tasks: string[]; broken: string }; // as above
    expect(printed.broken).toBe("FAILED");
    const found = await published("flow-");
    expect(found).toMatchObject({
      "flow-progress": { data: 100, flow_run_id: printed.run, task_run_id: null },
      "flow-part-0": { data: "[[0]]", flow_run_id: printed.run, task_run_id: printed.tasks[0] },
      "flow-part-1": { flow_run_id: printed.run, task_run_id: printed.tasks[1] },
      "flow-part-2": { flow_run_id: printed.run, task_run_id: printed.tasks[2] },
      "flow-broken": { data: "before the end" },
    });
    const etl = { flows: { name: { any_: ["etl"] } } };
    expect(await rows("/flow_runs/filter", etl)).toMatchObject([
      {
        id: printed.run,
        state_type: "COMPLETED",
        tags: ["nightly"],
        parameters: { parts: 3 },
        end_time: expect.any(String),
      },
    ]);
    const failed = { flow_runs: { state: { type: { any_: ["FAILED"] } } } };
    expect(await rows("/artifacts/latest/filter", failed)).toMatchObject([{ key: "flow-broken" }]);
    expect(await rows("/artifacts/filter", { flows: { name: { any_: ["inner"] } } })).toMatchObject([
      { key: "flow-inner" },
    ]);
  });

  it("creates deployments and starts runs of them", async () => {
    const run = [true, "SCHEDULED", { n: 1, m: 2 }];
    const changed = ["2", ["b"]];
    const stored = { parameters: true, entrypoint: true, path: true, parameter_openapi_schema: true };
    expect(await ran.client("documents")).toEqual({ deployment: true, changed, stored, due: true, run, runs: true });
  });

  it("starts a run of a deployment by command, with parameters that its schema names", async () => {
    const started = await ran.command("deployment", "run", "deployed/nightly", "-p", "n=3");
    expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining("Created flow run") });
    const [run] = await rows("/flow_runs/filter", { sort: "EXPECTED_START_TIME_DESC", limit: 1 });
    expect(run).toMatchObject({ parameters: { n: 3, m: 2 } });
    const refused = await ran.command("deployment", "run", "deployed/nightly", "-p", "other=3");
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining("not found on the deployment") });
  });

  it("lists flows, deployments and runs by command, including a run without a state", async () => {
    const headers = { "content-type": "application/json" };
    const create = async (noun: string, body: object): Promise<Row> => {
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      return (await (await fetch(`${api}/trpc/${noun}.create`, init)).json()).result.data;
    };
    const flow = await create("flow", { name: "elsewhere", labels: { deep: [1] } });
    await create("deployment", { flowId: flow.id, name: "daily" });
    await create("flowRun", { flowId: flow.id, name: "stateless" });
    const listed = await Promise.all(["flow", "deployment", "flow-run"].map((noun) => ran.command(noun, "ls")));
    const shown = ["elsewhere", "elsewhere/daily", "stateless"];
    expect(listed).toMatchObject(shown.map((name) => ({ code: 0, stdout: expect.stringContaining(name) })));
  });

  it.each([["variable"], ["automation"], ["concurrency-limit"], ["work-pool"]])(
    "lists no %s by command",
    async (noun) => {
      expect(await ran.command(noun, "ls")).toMatchObject({ code: 0, stderr: "" });
    },
  );

  it("lists, shows and deletes artifacts by command", async () => {
    const headers = { "content-type": "application/json" };
    for (const data of ["1", "2"]) {
      const body = JSON.stringify({ key: "by-command", type: "markdown", data });
      expect((await fetch(`${api}/artifacts/`, { method: "POST", headers, body })).status).toBe(201);
    }
    // Older versions print no JSON.
    const listed = await ran.command("artifact", "ls");
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining("by-command") });
    const shown = await ran.command("artifact", "inspect", "by-command");
    expect(shown.stdout.match(/'data': '\d'/g)).toEqual(["'data': '2'", "'data': '1'"]);
    const deleted = await ran.command("artifact", "delete", "by-command");
    expect([deleted.code, deleted.stdout]).toEqual([0, expect.stringContaining("Deleted 2 artifact(s)")]);
    const inspected = await ran.command("artifact", "inspect", "by-command");
    expect([inspected.code, inspected.stdout]).toEqual([
      1,
      expect.stringContaining("Artifact 'by-command' not found."),
    ]);
  });
});

test("the tested Prefect version is the reported one", () => {
  const requirements = readFileSync(new URL("../../test/prefect/requirements.txt", import.meta.url), "utf8");
  expect(requirements.split("\n")).toContain(`prefect==${PREFECT_VERSION}`);
});
