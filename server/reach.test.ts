import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyInside, type Fields, fillBoth, inputsOf, outsideOf } from "#test/generators/reach";
import { startHttpServer, type TestServer } from "#test/http-server";
import { routes } from "./rest/routes";
import type { Role } from "./routers/context";
import { procedures } from "./routers/procedures";
import { LIMITS } from "./routers/reach";

const ROLES: Role[] = ["read", "write", "admin"];
const KEYS = "reports/*,no-such-key";

/** What a role reaches by `KEYS` is what exists in `without`, which has nothing else. */
let whole: TestServer;
let without: TestServer;
let fields: Fields;

const secretOf = (role: Role, isLimited: boolean) => `secret-of-${role}-${isLimited ? "limited" : "whole"}`;
const apiKeys = ROLES.flatMap((role) => [
  { name: `${role}-limited`, role, secret: secretOf(role, true), keys: KEYS },
  { name: `${role}-whole`, role, secret: secretOf(role, false) },
]);

beforeAll(async () => {
  [whole, without] = await Promise.all([startHttpServer({ apiKeys }), startHttpServer({ apiKeys })]);
  fields = await fillBoth(whole);
  await copyInside(whole.db, without.db);
}, 60_000);
afterAll(() => Promise.all([whole[Symbol.asyncDispose](), without[Symbol.asyncDispose]()]));

const bearer = (role: Role, isLimited: boolean) => ({ authorization: `Bearer ${secretOf(role, isLimited)}` });

interface Result {
  status: number;
  body: string;
}

async function resultOf(response: Promise<Response>): Promise<Result> {
  const { status, text } = await response.then(async (each) => ({ status: each.status, text: await each.text() }));
  return { status, body: text };
}

/** The same request to both servers: as a limited role, and as one that is not where nothing else exists. */
async function bothOf(role: Role, request: (server: TestServer, headers: Record<string, string>) => Promise<Response>) {
  const [limited, expected] = await Promise.all([
    resultOf(request(whole, bearer(role, true))),
    resultOf(request(without, bearer(role, false))),
  ]);
  return { limited, expected };
}

const post = (path: string, input: unknown) => (server: TestServer, headers: Record<string, string>) =>
  server.post(path, input === undefined ? "" : JSON.stringify(input), headers);

const typeOf = (path: string) => procedures.get(path)?._def.type;
const queries = [...procedures.keys()].filter((path) => typeOf(path) === "query");
const mutations = [...procedures.keys()].filter((path) => typeOf(path) === "mutation");
/** Those that can create what is not an artifact: see `server/reach-of-runs.test.ts`. */
const CREATES_RUNS = ["flow.create", "deployment.create", "flowRun.create", "taskRun.create", "taskRun.record"];

describe("queries", () => {
  it.each(queries)("%s", async (path) => {
    for (const input of inputsOf(path, fields.everywhere)) {
      const { limited, expected } = await bothOf("admin", post(path, input));
      const request = `${path} ${JSON.stringify(input)}`;
      if (LIMITS[path] === "refused") expect(limited.status, request).toBe(403);
      else expect(limited, request).toEqual(expected);
    }
  });
});

describe("mutations outside", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await outsideOf(whole.db);
  });

  it("restores of a removal what is inside", async () => {
    const [removal] = fields.everywhere.removal ?? [];
    const { limited, expected } = await bothOf("write", post("trash.restoreRemoval", { removal }));
    expect(limited).toEqual(expected);
    expect(limited.body).toContain('"versions":1');
    expect(await outsideOf(whole.db)).toEqual(before);
  });

  it.each(mutations.filter((path) => !CREATES_RUNS.includes(path)))("%s", async (path) => {
    const isCreate = path === "artifact.create" || path === "artifact.createMany";
    const inputs = isCreate
      ? createInputs(path)
      : inputsOf(path, LIMITS[path] === "refused" ? fields.mutable : fields.outside);
    for (const input of inputs) {
      const request = `${path} ${JSON.stringify(input)}`;
      if (LIMITS[path] === "refused" || isCreate) {
        expect((await post(path, input)(whole, bearer("admin", true))).status, request).toBe(403);
      } else {
        const { limited, expected } = await bothOf("admin", post(path, input));
        expect(withoutNewIds(limited, path), request).toEqual(withoutNewIds(expected, path));
      }
    }
    expect(await outsideOf(whole.db)).toEqual(before);
  });
});

/** A removal has a new id where nothing is found, too; a view that is made has an id and timestamps. */
const withoutNewIds = ({ status, body }: Result, path: string) => ({
  status,
  body: body.replace(path === "view.create" ? /"(?:id|created|updated)":"[^"]+"/g : /"removal":"[^"]+"/, ""),
});

function createInputs(path: string): unknown[] {
  const inputs = [{ key: "other-a" }, { key: "other-new", idempotencyKey: "once" }, { key: null }, {}];
  return path === "artifact.create" ? inputs : inputs.map((item) => ({ items: [{ key: "reports/a" }, item] }));
}

describe("roles", () => {
  it.each([...procedures.keys()])("%s", async (path) => {
    const required = procedures.get(path)?._def.meta.role ?? "admin";
    const isRead = typeOf(path) === "query";
    for (const role of ROLES) {
      const isLow = ROLES.indexOf(role) < ROLES.indexOf(required);
      if (!isLow && !isRead) continue;
      const [input] = isRead ? inputsOf(path, fields.everywhere) : [{}];
      const { status } = await resultOf(post(path, input)(whole, bearer(role, true)));
      expect(status === 403, `${role} ${path}`).toBe(isLow || LIMITS[path] === "refused");
    }
  });
});

const withPathOf = (path: string): string[] => {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const each = fields.everywhere[name];
  if (!each) throw new Error(`No values for {${name}}.`);
  return each.flatMap((value) => withPathOf(path.replace(`{${name}}`, encodeURIComponent(String(value)))));
};

describe("the REST API", () => {
  const read = routes.filter(({ procedure, method }) => typeOf(procedure) === "query" && method !== "DELETE");

  it.each(read.map(({ method, path }) => [method, path] as const))("%s %s", async (method, path) => {
    for (const url of withPathOf(path)) {
      for (const body of method === "GET" ? [undefined] : restBodies(path)) {
        const { limited, expected } = await bothOf("read", (server, headers) =>
          server.fetch(`/api${url}`, {
            method,
            headers: { ...headers, "content-type": "application/json" },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          }),
        );
        expect(limited, `${method} ${url} ${JSON.stringify(body)}`).toEqual(expected);
      }
    }
  });

  it("does not write outside", async () => {
    for (const id of fields.outside.id ?? []) {
      for (const [method, body] of [["DELETE"], ["PATCH", '{"description":"x"}']]) {
        const { limited, expected } = await bothOf("write", (server, headers) =>
          server.fetch(`/api/artifacts/${id}`, {
            method: method ?? "",
            headers: { ...headers, "content-type": "application/json" },
            ...(body !== undefined && { body }),
          }),
        );
        expect(limited).toEqual(expected);
        expect(limited.status).toBe(404);
      }
    }
  });
});

function restBodies(path: string): unknown[] {
  const history = {
    history_start: "2026-11-20T00:00:00Z",
    history_end: "2026-11-21T00:00:00Z",
    history_interval_seconds: 3600,
  };
  if (path.endsWith("/history")) return [history];
  return [
    {},
    { artifacts: { key: { like_: "a" } } },
    { flows: { name: { like_: "flow" } } },
    { deployment_ids: fields.everywhere.id, scheduled_before: "2030-01-01T00:00:00Z" },
    { flow_runs: { id: { any_: fields.everywhere.id } } },
  ];
}

describe("other paths", () => {
  it("downloads what is inside alone", async () => {
    const suffixes = ["", "?as=csv", "?as=md", "?revision=1"];
    const paths = [
      ...(fields.everywhere.id ?? []).map((id) => `/api/artifacts/${id}/data`),
      ...(fields.everywhere.key ?? []).flatMap((key) =>
        ["1", "2", "production"].map((which) => `/api/artifacts/key/${encodeURIComponent(String(key))}/${which}/data`),
      ),
    ];
    const statuses = new Set<number>();
    for (const path of paths.flatMap((each) => suffixes.map((suffix) => each + suffix))) {
      const { limited, expected } = await bothOf("read", (server, headers) => server.fetch(path, { headers }));
      expect(limited, path).toEqual(expected);
      statuses.add(limited.status);
    }
    expect(statuses).toContain(200);
    expect(statuses).toContain(404);
  });

  it("limits each call of a batch", async () => {
    const [id] = fields.outside.id ?? [];
    const input = JSON.stringify({ 0: { key: "reports/a" }, 1: { key: "other-a" }, 2: {}, 3: { id } });
    const path = "collection.latest,collection.latest,artifact.list,flow.read?batch=1";
    const { limited, expected } = await bothOf("read", (server, headers) => server.post(path, input, headers));
    expect(limited).toEqual(expected);
    expect(limited.status).toBe(207);
  });

  it.each([
    ["GET", "/api/backup"],
    ["PUT", "/api/restore/0199b3c8-0000-7000-8000-00000000000a/1"],
    ["POST", "/api/restore/0199b3c8-0000-7000-8000-00000000000a"],
    ["GET", "/api/audit"],
  ])("refuses %s %s", async (method, path) => {
    const response = await whole.fetch(path, { method, headers: bearer("admin", true) });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining(KEYS)]);
  });
});

it("watches what is inside alone", async () => {
  const open = await whole.fetch("/api/trpc/changes.watch", { headers: bearer("read", true) });
  const reader = open.body?.pipeThrough(new TextDecoderStream()).getReader();
  const call = (path: string, input: object) => post(path, input)(whole, bearer("admin", false));
  let text = "";
  const until = async (part: string) => {
    while (reader && !text.includes(part)) text += (await reader.read()).value ?? "";
  };
  await until("resync");
  await call("artifact.create", { key: "other-watched" });
  await call("flow.create", { name: "watched" });
  await call("artifact.create", { key: "reports/watched" });
  await until("reports/watched");
  await reader?.cancel();
  expect(text).not.toMatch(/other-watched|"flow"/);
});
