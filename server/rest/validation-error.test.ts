import { afterAll, beforeAll, expect, it, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

const CREATE = "POST /artifacts/";
const FILTER = "POST /artifacts/filter";
const RUN = "POST /flow_runs/";
const ID = "00000000-0000-4000-8000-000000000000";

it.each<[string, unknown, unknown[], string, string]>([
  [
    CREATE,
    { key: "Upper" },
    ["key"],
    "value_error",
    "Value error, Artifact key must only contain lowercase letters, numbers, and dashes.",
  ],
  [CREATE, { key: "line\n" }, ["key"], "value_error", ""],
  [CREATE, { key: "" }, ["key"], "value_error", ""],
  [CREATE, { key: "a".repeat(256) }, ["key"], "string_too_long", "String should have at most 255 characters"],
  [CREATE, { key: 7 }, ["key"], "string_type", "Input should be a valid string"],
  [CREATE, { id: "x" }, ["id"], "extra_forbidden", "Extra inputs are not permitted"],
  [CREATE, { metadata: {} }, ["metadata"], "extra_forbidden", ""],
  [CREATE, { metadata_: { a: 1 } }, ["metadata_", "a"], "string_type", "Input should be a valid string"],
  [CREATE, { metadata_: [] }, ["metadata_"], "dict_type", "Input should be a valid dictionary"],
  [CREATE, { type: "" }, ["type"], "string_too_short", "String should have at least 1 character"],
  [CREATE, { type: "a\0" }, ["type"], "value_error", ""],
  [CREATE, { description: "\0" }, ["description"], "value_error", ""],
  [CREATE, '{"description":"\\ud800"}', ["description"], "value_error", ""],
  [
    CREATE,
    { flow_run_id: "none" },
    ["flow_run_id"],
    "uuid_parsing",
    "Input should be a valid UUID, invalid character: found `n` at 0",
  ],
  [
    CREATE,
    { flow_run_id: "" },
    ["flow_run_id"],
    "uuid_parsing",
    "Input should be a valid UUID, invalid length: found 0",
  ],
  [CREATE, '{"data":NaN}', [8], "json_invalid", "JSON decode error"],
  [CREATE, '{"key":', [], "json_invalid", ""],
  [CREATE, "[]", [], "model_attributes_type", ""],
  [CREATE, "", [], "missing", "Field required"],
  [CREATE, "null", [], "missing", "Field required"],
  ["POST /flows/", {}, ["name"], "missing", "Field required"],
  ["POST /flows/", { name: "a/b" }, ["name"], "string_pattern_mismatch", "String should match pattern"],
  [
    "POST /flows/",
    { name: "a", labels: { deep: [1] } },
    ["labels", "deep"],
    "value_error",
    "a valid string, number or boolean",
  ],
  ["POST /flows/", { name: "a", labels: [] }, ["labels"], "dict_type", ""],
  [RUN, { flow_id: ID, state: {} }, ["state", "type"], "missing", "Field required"],
  [RUN, { flow_id: ID, parameters: null }, ["parameters"], "dict_type", "Input should be a valid dictionary"],
  [FILTER, { artifacts: { nope: {} } }, ["artifacts", "nope"], "extra_forbidden", ""],
  [FILTER, { artifacts: { key: { any: [] } } }, ["artifacts", "key", "any"], "extra_forbidden", ""],
  [FILTER, { artifacts: { id: { any_: "x" } } }, ["artifacts", "id", "any_"], "list_type", ""],
  [FILTER, { artifacts: { id: { any_: ["x"] } } }, ["artifacts", "id", "any_", 0], "uuid_parsing", ""],
  [FILTER, { artifacts: { key: { like_: "\0" } } }, ["artifacts", "key", "like_"], "value_error", ""],
  [FILTER, { artifacts: { operator: "and" } }, ["artifacts", "operator"], "enum", "Input should be 'and_' or 'or_'"],
  [FILTER, { sort: "SIDEWAYS" }, ["sort"], "enum", ""],
  [FILTER, { offset: 1e19 }, ["offset"], "less_than_equal", ""],
  [
    FILTER,
    { flow_runs: { state: { type: { any_: ["done"] } } } },
    ["flow_runs", "state", "type", "any_", 0],
    "enum",
    "",
  ],
  [
    FILTER,
    { flow_runs: { start_time: { after_: "soon" } } },
    ["flow_runs", "start_time", "after_"],
    "datetime_from_date_parsing",
    "",
  ],
  [
    FILTER,
    { flow_runs: { start_time: { after_: "2026-01-01T00:00:00+20:29" } } },
    ["flow_runs", "start_time", "after_"],
    "datetime_from_date_parsing",
    "",
  ],
  [FILTER, { limit: "x" }, ["limit"], "int_parsing", ""],
  [FILTER, { limit: 1.5 }, ["limit"], "int_from_float", ""],
  [FILTER, { limit: true }, ["limit"], "int_type", "Input should be a valid integer"],
  [FILTER, { offset: -1 }, ["offset"], "greater_than_equal", "Input should be greater than or equal to 0"],
  [FILTER, { artifacts: { key: { exists_: "maybe" } } }, ["artifacts", "key", "exists_"], "bool_parsing", ""],
  [FILTER, { work_pools: {} }, ["work_pools"], "value_error", "this list does not support this filter"],
])("%s %j is 422 at %j", async (request, body, loc, type, msg) => {
  const { status, value } = await send(request, body);
  expect(status).toBe(422);
  expect(value).toMatchObject({
    exception_message: "Invalid request received.",
    exception_detail: [{ type, loc: ["body", ...loc], msg: expect.stringContaining(msg) }],
  });
});

test("a list takes at most 1,000 ids", async () => {
  const { status, value } = await send(FILTER, { artifacts: { type: { any_: Array(1001).fill("x") } } });
  const loc = ["body", "artifacts", "type", "any_"];
  expect([status, value]).toMatchObject([422, { exception_detail: [{ type: "too_long", loc }] }]);
});

test("a body must be JSON with a JSON content type or none", async () => {
  const sent = (headers: Record<string, string>) => send(CREATE, '{"key":"typed"}', headers);
  expect((await sent({ "content-type": "text/plain" })).status).toBe(422);
  expect((await sent({ "content-type": "application/json; charset=utf-8" })).status).toBe(201);
  expect((await sent({ "content-encoding": "gzip" })).status).toBe(415);
  const bytes = new TextEncoder().encode('{"key":"typed"}');
  expect((await server.fetch("/api/artifacts", { method: "POST", body: bytes })).status).toBe(201);
});

test("too large is 413, too deep is 422", async () => {
  expect((await send(CREATE, { data: "x".repeat(1024 * 1024) })).status).toBe(413);
  expect((await send(CREATE, `{"data":${"[".repeat(2000)}${"]".repeat(2000)}}`)).status).toBe(422);
});

test("an error names its location and does not echo large values", async () => {
  const { text } = await send(CREATE, { key: "X".repeat(5000), data: "y".repeat(5000) });
  expect(text.length).toBeLessThan(1000);
});

test("an API key is required where keys are configured, and its role is enforced", async () => {
  const apiKeys = [
    { name: "reader", role: "read" as const, secret: "reading-secret-0123456789" },
    { name: "writer", role: "write" as const, secret: "user:writing-secret-0123456789" },
  ];
  const { server: locked, send: sendLocked } = await startRestServer({ apiKeys });
  await using _ = locked;
  const bearer = { authorization: "Bearer reading-secret-0123456789" };
  const basic = { authorization: `Basic ${btoa("user:writing-secret-0123456789")}` };
  const refused = { status: 401, value: { exception_message: "Unauthorized" } };
  for (const request of [FILTER, "GET /admin/version", "GET /csrf-token", "POST /logs/"]) {
    expect(await sendLocked(request)).toMatchObject(refused);
    expect((await sendLocked(request, undefined, bearer)).status).toBeLessThan(423);
  }
  expect((await sendLocked(CREATE, {}, bearer)).status).toBe(403);
  expect((await sendLocked(CREATE, {}, basic)).status).toBe(201);
});
