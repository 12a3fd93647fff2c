import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { createServerFolder, type ServerFolder } from "#test/server-process";
import { alarms, installed, lastLine, type Prefect, prefect } from "./python";

type Row = Record<string, unknown>;

/** Lines that a flow causes itself, at any server: its exceptions, its failed states, and tasks that are retried. */
const CAUSED = [
  /Encountered (?:an )?exception during execution: ValueError/,
  /^Traceback \(most recent call last\):$/,
  /Finished in state Failed\(/,
  /Task run failed with exception: ValueError/,
];

const FLOWS = [
  ...["plain", "gather", "mapped", "task_retries", "flow_retries", "failing", "subflows", "transactions", "fifty"],
  ...["reads", "artifacts"],
];

/** Each run of a served flow starts Python anew, which takes seconds. */
const isLong = inject("runs") > 1;

// Starting Python takes seconds.
describe.skipIf(!installed)("flows of an unmodified Prefect", { timeout: 120_000 }, () => {
  let fresh: FreshDatabase;
  let here: ServerFolder;
  let api: string;
  let ran: Prefect;
  const results = new Map<string, unknown>();
  const printed = new Map<string, string[]>();
  beforeAll(async () => {
    fresh = await freshDatabase();
    here = await createServerFolder(process.env);
    api = `${await here.start({ DATABASE_URL: fresh.url }).ready}/api`;
    ran = prefect(process.env, api, join(here.folder, "prefect"));
    const { stdout, stderr } = await ran.python("flows", FLOWS);
    for (const line of stdout.split("\n").filter((line) => line.startsWith('["'))) {
      const [name, result] = JSON.parse(line);
      results.set(name, result);
    }
    for (const part of stderr.split(/^=== /m)) {
      const [name = "", ...lines] = part.split("\n");
      printed.set(name, lines);
    }
  }, 240_000);
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
  const artifacts = (like_: string) => rows("/artifacts/filter", { artifacts: { key: { like_ } }, sort: "KEY_ASC" });
  const ofFlow = (name: string) => ({ flows: { name: { any_: [name] } } });
  const completed = { task_runs: { state: { type: { any_: ["COMPLETED"] } } } };
  const taskRuns = (flow: string) => expect.poll(() => rows("/task_runs/filter", { ...ofFlow(flow), ...completed }));

  it.each(["", ...FLOWS, "end"])("%s prints no line of alarm that it does not cause", (name) => {
    const lines = alarms((printed.get(name) ?? []).join("\n"));
    expect(lines.filter((line) => !CAUSED.some((cause) => cause.test(line)))).toEqual([]);
  });

  it("return their results", () => {
    expect(Object.fromEntries(results)).toMatchObject({
      plain: 9,
      gather: 10,
      mapped: Array.from({ length: 10 }, (_, at) => at + 100),
      task_retries: 3,
      flow_retries: { attempts: 3, exhausted: ["FAILED", 2] },
      failing: "FAILED",
      subflows: { names: ["one", "two", "three"], failed: "FAILED" },
      transactions: { calls: [1], undone: [true] },
      reads: { runs: 1, artifacts: ["read me"], latest: ["reads"], tasks: 0, state: "Completed", flows: ["reads"] },
      artifacts: 100,
    });
  });

  it("with retries run again, and count their runs", async () => {
    const [run] = await rows("/flow_runs/filter", ofFlow("flow-retries"));
    expect(run).toMatchObject({ state_type: "COMPLETED", run_count: 3 });
    expect(run).toHaveProperty("empirical_policy.retries", 2);
    expect(await artifacts("flow-retries")).toMatchObject([{ flow_run_id: run?.id, data: "third time" }]);
    await taskRuns("flow-retries").not.toHaveLength(0);
    const [failed] = await rows("/flow_runs/filter", ofFlow("flow-retries-exhausted"));
    expect(failed).toMatchObject({ state_type: "FAILED", run_count: 2 });
  });

  it("have their task runs recorded, 50 at once and those of artifacts among them", async () => {
    for (const [flow, count] of [
      ["gather", 5],
      ["mapped", 10],
      ["task-retries", 1],
      ["fifty", 50],
    ] as const) {
      await taskRuns(flow).toHaveLength(count);
    }
    const known = (await rows("/task_runs/filter", ofFlow("fifty"))).map(({ id }) => id);
    expect((await artifacts("fifty-")).map(({ task_run_id }) => task_run_id).sort()).toEqual(known.sort());
  });

  it("inside of another give their state to the task runs that stand for them", async () => {
    const [outer] = await rows("/flow_runs/filter", ofFlow("subflows"));
    const inner = await rows("/flow_runs/filter", { flow_runs: { parent_flow_run_id: { any_: [outer?.id] } } });
    const parents = await rows("/task_runs/filter", {
      task_runs: { id: { any_: inner.map((run) => run.parent_task_run_id) } },
    });
    const stateOf = new Map(parents.map((parent) => [parent.id, parent.state_type]));
    expect(inner.map((run) => stateOf.get(String(run.parent_task_run_id)))).toEqual(inner.map((run) => run.state_type));
    expect(inner.map((run) => run.state_type).sort()).toEqual(["COMPLETED", "COMPLETED", "COMPLETED", "FAILED"]);
  });

  it("publish every form of artifact", async () => {
    expect(await artifacts("artifacts-")).toMatchObject([
      { key: "artifacts-columns", type: "table", data: '{"a": [1, 2]}' },
      { key: "artifacts-image", type: "image", data: "https://example.org/a.png" },
      { key: "artifacts-link", type: "markdown", data: "[Example](https://example.org)" },
      { key: "artifacts-markdown", data: "# Title", description: "With a *description*" },
      { key: "artifacts-progress", type: "progress", data: 100, task_run_id: expect.any(String) },
      { key: "artifacts-table", data: '[{"a": 1, "b": 2.5}, {"a": null}]' },
    ]);
  });

  if (isLong) {
    it("publish with their runs by an API key that is limited to keys", async () => {
      const call = async (procedure: string, input: object, secret?: string) => {
        const headers = { "content-type": "application/json", ...(secret && { authorization: `Bearer ${secret}` }) };
        const response = await fetch(`${api}/trpc/${procedure}`, {
          method: "POST",
          headers,
          body: JSON.stringify(input),
        });
        return (await response.json()).result.data;
      };
      const { secret } = await call("apiKey.create", { name: "limited", role: "write", keys: "limited-*" });
      await using limited = prefect(process.env, api, join(here.folder, "limited"), secret);
      const { stdout, stderr } = await limited.python("flows", ["limited"]);
      expect(JSON.parse(lastLine(stdout))).toEqual(["limited", true]);
      expect(alarms(stderr)).toEqual([]);
      const namesOf = async (noun: string) =>
        (await call(`${noun}.list`, {}, secret))
          .map(({ name, key }: { name?: string; key: string }) => name ?? key)
          .sort();
      expect(await namesOf("flow")).toEqual(["limited", "limited-inner"]);
      expect(await namesOf("collection")).toEqual(["limited-inner", "limited-task"]);
      const states = { where: { taskRuns: { state: { type: { any: ["COMPLETED"] } } } } };
      await expect.poll(() => call("taskRun.count", states, secret)).toBe(2);
      const done = { where: { flowRuns: { state: { type: { any: ["COMPLETED"] } } } } };
      expect(await call("flowRun.count", done, secret)).toBe(2);
    });
  }

  describe("served with parameters", () => {
    let serving: ReturnType<typeof ran.start>;
    const numbers = async () => (await artifacts("served-result")).map(({ data }) => data).sort();
    beforeAll(async () => {
      serving = ran.start("flows/served.py", "serve");
      await serving.printed("is being served");
    }, 90_000);
    afterAll(() => serving.stop());

    it("print a link to the page of the deployment", async () => {
      const [deployment] = await rows("/deployments/filter", {});
      // A terminal's lines break in links.
      expect(serving.output().replace(/\s/g, "")).toContain(`/deployments/deployment/${deployment?.id}`);
      expect(deployment).toMatchObject({ parameters: { n: 7 }, tags: ["eu"], description: "Prints a number." });
    });

    const run = async (...parameters: string[]) => {
      const { code, stdout, stderr } = await ran.command("deployment", "run", "served/dep", "--watch", ...parameters);
      expect([code, alarms(stdout + stderr)], stdout + stderr).toEqual([0, []]);
      expect(stdout).toContain("Flow run finished successfully");
    };

    it("run by command, with other parameters than the deployment's, and are watched to their end", async () => {
      await run("-p", "n=3");
      expect(await numbers()).toEqual(["N is 3"]);
    });

    if (isLong) {
      it("run with the deployment's parameters, two at once", async () => {
        await Promise.all([run(), run("-p", "n=5")]);
        expect(await numbers()).toEqual(["N is 3", "N is 5", "N is 7"]);
      });

      it("run from Python", async () => {
        const { stdout, stderr } = await ran.python("flows/served.py", ["start"]);
        expect([lastLine(stdout), alarms(stderr)]).toEqual(["COMPLETED", []]);
        expect(await numbers()).toContain("N is 4");
      });
    }

    it("print no line of alarm", () => {
      expect(alarms(serving.output())).toEqual([]);
    });
  });
});
