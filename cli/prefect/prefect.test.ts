import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { scanJson } from "#contract/json-scan";
import { freePort } from "#db/embedded/liveness";
import { callerOn } from "#test/caller";
import { openShell, type Shell } from "#test/cli";

const VENV = fileURLToPath(new URL("../../.prefect", import.meta.url));
const REQUIREMENTS = new URL("../../test/prefect/requirements.txt", import.meta.url);

/** Whether these versions are installed; the client packages alone cannot start a server. */
const installed =
  existsSync(join(VENV, "installed")) &&
  readFileSync(join(VENV, "installed"), "utf8") === readFileSync(REQUIREMENTS, "utf8");

const AUTH = "admin:a secret";

/** Starts a Prefect server with a SQLite database, which responds with at most 20 rows. */
async function startPrefect(home: string): Promise<{ child: ChildProcess; api: string }> {
  const port = await freePort();
  const { PATH = "" } = process.env;
  const env = {
    PATH,
    HOME: home,
    PREFECT_HOME: home,
    PREFECT_API_DATABASE_CONNECTION_URL: `sqlite+aiosqlite:///${join(home, "prefect.db")}`,
    PREFECT_SERVER_API_AUTH_STRING: AUTH,
    PREFECT_SERVER_API_DEFAULT_LIMIT: "20",
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    DO_NOT_TRACK: "1",
    NODE_ENV: "test" as const,
  };
  const args = ["server", "start", "--host", "127.0.0.1", "--port", String(port), "--no-services", "--no-ui"];
  const options = { env, stdio: "ignore" as const };
  const child = spawn(join(VENV, "bin", "prefect"), args, options);
  const api = `http://127.0.0.1:${port}/api`;
  return { child, api };
}

describe.skipIf(!installed)("vitrine import prefect", () => {
  let home: string;
  let prefect: Awaited<ReturnType<typeof startPrefect>>;
  let shell: Shell;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "vitrine-prefect-"));
    prefect = await startPrefect(home);
    shell = await openShell();
    await vi.waitFor(() => fetch(`${prefect.api}/health`), { timeout: 55_000, interval: 100 });
    await fill();
  });
  afterAll(async () => {
    prefect.child.kill();
    await once(prefect.child, "close");
    await shell[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  async function request(method: string, path: string, body?: unknown): Promise<string> {
    const headers = {
      authorization: `Basic ${Buffer.from(AUTH).toString("base64")}`,
      "content-type": "application/json",
    };
    const sent = typeof body === "string" ? body : JSON.stringify(body ?? {});
    const response = await fetch(`${prefect.api}${path}`, {
      method,
      headers,
      ...(method === "POST" && { body: sent }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.text();
  }

  const create = async (path: string, body: unknown): Promise<string> =>
    JSON.parse(await request("POST", path, body)).id;

  /** Fills Prefect with nested runs, a deleted run, and unusual keys and data. */
  async function fill(): Promise<void> {
    const flow = await create("/flows/", { name: "etl", tags: ["nightly"], labels: { team: "data" } });
    const known = await create("/flows/", { name: "known" });
    const deployment = await create("/deployments/", { name: "prod", flow_id: flow, tags: ["x"] });
    const state = { type: "COMPLETED", name: "Done", message: "all of it" };
    const runs = [
      await create("/flow_runs/", { flow_id: flow, deployment_id: deployment, state, parameters: { n: 1 } }),
    ];
    const tasks: string[] = [];
    for (let depth = 0; depth < 3; depth++) {
      const task = { flow_run_id: runs.at(-1), task_key: "sub", dynamic_key: "0", name: "sub-0", state };
      tasks.push(await create("/task_runs/", task));
      runs.push(await create("/flow_runs/", { flow_id: known, parent_task_run_id: tasks.at(-1), state }));
    }
    const deleted = await create("/flow_runs/", { flow_id: flow, state });
    const data = ['{"z":1.0,"a":[123456789012345678901234567890]}', '"\\u0000 é"', "null", '"# Hello"', "[[1e3]]"];
    const texts = Array.from({ length: 230 }, (_, i) => {
      const key = i % 10 === 0 ? "null" : `"key-${i % 7}"`;
      const run = i % 3 === 0 ? `"${[...runs, deleted][i % 5]}"` : "null";
      const task = i % 4 === 0 ? `"${tasks[i % 3]}"` : "null";
      return `{"key":${key},"type":"markdown","description":"${i}","metadata_":{"n":"${i}"},"data":${data[i % 5]},"flow_run_id":${run},"task_run_id":${task}}`;
    });
    for (const key of ["", "abc\\n"]) texts.push(`{"key":"${key}","data":1}`);
    texts.push(`{"key":"too-deep","data":${"[".repeat(201)}${"]".repeat(201)}}`, '{"key":"mine","data":2}');
    for (let from = 0; from < texts.length; from += 10) {
      await Promise.all(texts.slice(from, from + 10).map((text) => request("POST", "/artifacts/", text)));
    }
    await request("DELETE", `/flow_runs/${deleted}`);
    const call = callerOn(shell.server);
    await call.flow.create({ name: "known" });
    await call.artifact.create({ key: "mine" });
  }

  interface Version {
    id: string;
    key: string | null;
    created: string;
    fields: unknown[];
    data: string;
  }

  async function readPrefect(): Promise<Version[]> {
    const found = [];
    for (let offset = 0; ; offset += 20) {
      const text = await request("POST", "/artifacts/filter", { sort: "ID_DESC", offset, limit: 20 });
      const spans = scanJson(text, [["*", "data"]]);
      const rows: Record<string, string>[] = JSON.parse(text);
      for (const [i, row] of rows.entries()) found.push(versionOf(row, text.slice(spans[i]?.from, spans[i]?.to)));
      if (rows.length < 20) return found;
    }
  }

  function versionOf(row: Record<string, unknown>, data: string): Version {
    const { id, key, created, updated, type, description, metadata_, metadata, flow_run_id, task_run_id } = row;
    // PostgreSQL and Python format timestamps differently.
    const normalize = (timestamp: unknown) => {
      const [whole = "", fraction = ""] = String(timestamp)
        .replace(" ", "T")
        .replace(/(?:\+00(?::00)?|Z)$/, "")
        .split(".");
      return `${whole}.${fraction.padEnd(6, "0")}`;
    };
    const fields = [
      normalize(created),
      normalize(updated),
      type,
      description,
      metadata_ ?? metadata ?? null,
      flow_run_id,
      task_run_id,
    ];
    return { id: String(id), key: key === null ? null : String(key), created: normalize(created), fields, data };
  }

  it("imports everything despite two interruptions, and counts both sides", async () => {
    const command = ["import", "prefect", prefect.api, "--auth", AUTH];
    const count = async () =>
      (await shell.server.db.execute(`select id from artifact where metadata is not null`)).length;
    for (const least of [1, 100]) {
      const running = shell.start(command);
      await expect.poll(count, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(least);
      running.child.kill("SIGKILL");
      await running.ended;
    }
    const { code, stdout } = await shell.run([...command, "--json"]);
    expect(code).toBe(1);
    const { counts, left, instead } = JSON.parse(stdout);
    expect(counts).toMatchObject([
      { kind: "flows", there: 2, read: 2, here: 2 },
      { kind: "deployments", there: 1, read: 1, here: 1 },
      { kind: "flowRuns", there: 4, read: 4, here: 4 },
      { kind: "taskRuns", there: 3, read: 3, here: 3 },
      { kind: "artifacts", there: 234, read: 234, here: 230, changed: 0 },
    ]);
    const reasons = Object.fromEntries(left.map(({ key, reason }: { key: string; reason: string }) => [key, reason]));
    expect(reasons).toEqual({
      "": expect.stringContaining("key"),
      "abc\n": expect.stringContaining("lowercase letters"),
      "too-deep": expect.stringContaining("200"),
      mine: expect.stringContaining("versions"),
    });
    expect(Object.keys(instead)).toHaveLength(1);

    const [deep] = left.filter(({ key }: { key: string }) => key === "too-deep");
    await request("DELETE", `/artifacts/${deep.id}`);
    const there = (await readPrefect()).filter(({ key }) => !Object.hasOwn(reasons, key ?? "none"));
    const rows = await shell.server.db.execute(
      `select a.*, d.data as text from artifact a join artifact_data d on d.artifact_id = a.id where a.key is distinct from 'mine'`,
    );
    const byId = (one: Version, other: Version) => (one.id < other.id ? -1 : 1);
    const here = rows.map((row) => versionOf(row, String(row.text)));
    expect(here.sort(byId)).toEqual(there.sort(byId));
    const numbers = new Map(rows.map(({ id, version }) => [id, Number(version)]));
    for (const key of new Set(there.map((version) => version.key))) {
      if (key === null) continue;
      const order = ({ created, id }: Version) => created + id;
      const versions = there.filter((each) => each.key === key).sort((a, b) => (order(a) < order(b) ? -1 : 1));
      expect(versions.map(({ id }) => numbers.get(id))).toEqual(versions.map((_, i) => i + 1));
    }
    const call = callerOn(shell.server);
    expect(await call.flowRun.list({ where: { flows: { name: { any: ["known"] } } } })).toHaveLength(3);
    expect(await call.admin.doctor()).toEqual([]);

    await request("POST", "/artifacts/", '{"key":"key-1","data":"new"}');
    const again = await shell.run([...command, "--json"]);
    expect(JSON.parse(again.stdout).counts.at(-1)).toMatchObject({ there: 234, here: 231, copied: 1 });
  }, 60_000);

  it("names what is wrong with a URL or an auth string", async () => {
    const errorOf = async (args: string[]) => {
      const { code, stderr } = await shell.run(["import", "prefect", ...args]);
      return [code, stderr];
    };
    expect(await errorOf([prefect.api])).toEqual([5, expect.stringContaining("--auth")]);
    expect(await errorOf([`${shell.server.origin}/elsewhere`])).toEqual([
      1,
      expect.stringContaining("is not a Prefect API"),
    ]);
    expect(await errorOf(["http://127.0.0.1:9"])).toEqual([4, expect.stringContaining("Cannot reach Prefect")]);
  });
});
