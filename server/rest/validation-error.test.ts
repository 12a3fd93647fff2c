import { afterAll, beforeAll, expect, it, test } from "vitest";
import { z } from "zod";
import { type ErrorCode, VitrineError } from "#contract/error";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";
import { invalidBody, invalidJson, procedureError } from "./validation-error";

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

/** The details of the 422 that a schema's issues become. */
function detailsOf(schema: z.ZodType, input: unknown): unknown[] {
  const { error } = schema.safeParse(input, { reportInput: true });
  const { status, body } = invalidBody(error?.issues ?? []);
  expect(status).toBe(422);
  return JSON.parse(String(body)).exception_detail;
}

const nested = z.union([z.object({ a: z.string() }), z.object({ b: z.object({ n: z.int().max(3) }) })]);

it.each<[string, z.ZodType, unknown, object]>([
  ["string", z.string(), 7, { type: "string_type", msg: "Input should be a valid string", input: 7 }],
  ["number", z.number(), "x", { type: "int_type", msg: "Input should be a valid integer", input: "x" }],
  ["integer", z.int(), true, { type: "int_type", msg: "Input should be a valid integer", input: true }],
  [
    "fraction",
    z.int(),
    1.5,
    {
      type: "int_from_float",
      msg: "Input should be a valid integer, got a number with a fractional part",
      input: 1.5,
    },
  ],
  ["boolean", z.boolean(), "x", { type: "bool_type", msg: "Input should be a valid boolean", input: "x" }],
  ["list", z.array(z.string()), "x", { type: "list_type", msg: "Input should be a valid list", input: "x" }],
  [
    "object",
    z.object({}),
    "x",
    {
      type: "model_attributes_type",
      msg: "Input should be a valid dictionary or object to extract fields from",
      input: "x",
    },
  ],
  ["other type", z.bigint(), 1, { type: "value_error", msg: "Input should be of the type bigint", input: 1 }],
  [
    "choice of three",
    z.enum(["a", "b", "c"]),
    "x",
    { type: "enum", msg: "Input should be 'a', 'b' or 'c'", input: "x", ctx: { expected: "'a', 'b' or 'c'" } },
  ],
  ["literal", z.literal("a"), "x", { type: "enum", msg: "Input should be 'a'", input: "x", ctx: { expected: "'a'" } }],
  [
    "minimum",
    z.int().min(1),
    0,
    {
      type: "greater_than_equal",
      msg: "Input should be greater than or equal to 1",
      input: 0,
      ctx: { ge: 1 },
    },
  ],
  [
    "maximum",
    z.number().max(9),
    10,
    { type: "less_than_equal", msg: "Input should be less than or equal to 9", input: 10, ctx: { le: 9 } },
  ],
  [
    "length of one",
    z.string().min(1),
    "",
    {
      type: "string_too_short",
      msg: "String should have at least 1 character",
      input: "",
      ctx: { min_length: 1 },
    },
  ],
  [
    "length of two",
    z.string().max(2),
    "abc",
    {
      type: "string_too_long",
      msg: "String should have at most 2 characters",
      input: "abc",
      ctx: { max_length: 2 },
    },
  ],
  [
    "one item",
    z.array(z.int()).min(1),
    [],
    { type: "too_short", msg: "List should have at least 1 item", input: null, ctx: { min_length: 1 } },
  ],
  [
    "two items",
    z.array(z.int()).max(2),
    [1, 2, 3],
    { type: "too_long", msg: "List should have at most 2 items", input: null, ctx: { max_length: 2 } },
  ],
  [
    "format",
    z.string().regex(/^a/),
    "b",
    { type: "value_error", msg: expect.stringMatching(/^Value error, ./), input: "b" },
  ],
  [
    "rule of its own",
    z.string().refine(() => false, { error: "no", params: { type: "never" } }),
    "b",
    { type: "never", msg: "no", input: "b" },
  ],
  [
    "rule without a type",
    z.string().refine(() => false, { error: "no" }),
    "b",
    { type: "value_error", msg: "Value error, no", input: "b" },
  ],
])("a broken rule is described as by pydantic: %s", (_, schema, input, detail) => {
  expect(detailsOf(schema, input)).toEqual([{ loc: ["body"], ...detail }]);
});

test("an absent field is missing, whatever its type", () => {
  const schema = z.object({ name: z.string(), sort: z.enum(["a"]), of: z.array(z.int()) });
  const missing = (name: string) => ({ type: "missing", loc: ["body", name], msg: "Field required", input: null });
  expect(detailsOf(schema, {})).toEqual(["name", "sort", "of"].map(missing));
});

test("every unknown field is named, under the object that has it", () => {
  const schema = z.object({ of: z.strictObject({}) });
  const extra = (name: string) => ({
    type: "extra_forbidden",
    loc: ["body", "of", name],
    msg: "Extra inputs are not permitted",
    input: null,
  });
  expect(detailsOf(schema, { of: { x: 1, y: 2 } })).toEqual([extra("x"), extra("y")]);
});

test("of a union the option with the right types is described, else the first", () => {
  const n = { type: "less_than_equal", loc: ["body", "b", "n"], input: 4 };
  expect(detailsOf(nested, { b: { n: 4 } })).toMatchObject([n]);
  expect(detailsOf(z.object({ of: nested }), { of: { b: { n: 4 } } })).toMatchObject([
    { ...n, loc: ["body", "of", "b", "n"] },
  ]);
  expect(detailsOf(nested, { a: 1 })).toMatchObject([{ type: "string_type", loc: ["body", "a"], input: 1 }]);
});

test("values are echoed up to 200 characters, and at most 100 errors are listed", () => {
  const echoed = (length: number) => detailsOf(z.string().max(1), "x".repeat(length));
  expect(echoed(200)).toMatchObject([{ input: "x".repeat(200) }]);
  expect(echoed(201)).toMatchObject([{ input: null }]);
  expect(detailsOf(z.string(), null)).toMatchObject([{ input: null }]);
  expect(detailsOf(z.array(z.int()), Array(150).fill("x"))).toHaveLength(100);
});

test("only a limit out of bounds has Prefect's own sentence", () => {
  const schema = z.object({ limit: z.int().min(0).max(200), offset: z.int().min(0) });
  const response = (input: object) => invalidBody(schema.safeParse(input, { reportInput: true }).error?.issues ?? []);
  const body = (input: object) => JSON.parse(String(response(input).body));
  expect(body({ limit: 201, offset: -1 })).toEqual({ detail: "Invalid limit: must be less than or equal to 200." });
  expect(body({ limit: -1, offset: 0 })).toEqual({ detail: "Invalid limit: must be greater than or equal to 0." });
  expect(body({ limit: 1.5, offset: 0 }).exception_detail).toMatchObject([{ loc: ["body", "limit"] }]);
  expect(body({ limit: 0, offset: -1 }).exception_detail).toMatchObject([{ loc: ["body", "offset"] }]);
});

test("invalid JSON has its position where it is known", () => {
  const detail = (error: string) => JSON.parse(String(invalidJson(error).body)).exception_detail;
  const rest = { type: "json_invalid", msg: "JSON decode error", input: null };
  expect(detail("Unexpected token at position 12 here")).toEqual([
    { ...rest, loc: ["body", 12], ctx: { error: "Unexpected token at position 12 here" } },
  ]);
  expect(detail("Unexpected end")).toEqual([{ ...rest, loc: ["body"], ctx: { error: "Unexpected end" } }]);
});

it.each<[ErrorCode, number, object, object]>([
  ["UNAUTHORIZED", 401, { exception_message: "Unauthorized" }, { "www-authenticate": "Bearer" }],
  ["FORBIDDEN", 403, { detail: "Why." }, {}],
  ["METHOD_NOT_SUPPORTED", 405, { detail: "Why." }, {}],
  ["CONFLICT", 409, { detail: "Why." }, {}],
  ["PAYLOAD_TOO_LARGE", 413, { detail: "Why." }, {}],
  ["UNSUPPORTED_MEDIA_TYPE", 415, { detail: "Why." }, {}],
  ["INTERNAL_SERVER_ERROR", 500, { exception_message: "Internal Server Error" }, {}],
  ["SERVICE_UNAVAILABLE", 503, { exception_message: "Service Unavailable" }, { "retry-after": "1" }],
  ["TIMEOUT", 504, { detail: "Why." }, {}],
])("%s becomes %i in Prefect's form", (code, status, value, headers) => {
  const response = procedureError(new VitrineError(code, "Why."), "Flow not found");
  expect([response.status, JSON.parse(String(response.body))]).toEqual([status, value]);
  expect(response.headers).toEqual({ "content-type": "application/json", ...headers });
});

test("a missing row is 404 where the path names it, and a conflict where the body does", () => {
  const response = (field: string | undefined, missing: string | null) => {
    const { status, body } = procedureError(new VitrineError("NOT_FOUND", "Flow not found.", { field }), missing);
    return [status, JSON.parse(String(body))];
  };
  const conflict = [409, { detail: "Data integrity conflict: Flow not found." }];
  expect(response(undefined, "Task not found")).toEqual([404, { detail: "Task not found" }]);
  expect(response("parentTaskRunId", "Task not found")).toEqual(conflict);
  expect(response(undefined, null)).toEqual(conflict);
});

test("an input that a procedure rejects is 422 at its field", () => {
  const detail = (field?: string) => {
    const { status, body } = procedureError(new VitrineError("BAD_REQUEST", "No.", { field }), "Not Found");
    expect(status).toBe(422);
    return JSON.parse(String(body)).exception_detail;
  };
  const rest = { type: "value_error", msg: "Value error, No.", input: null };
  expect(detail("where.ids")).toEqual([{ ...rest, loc: ["body", "where", "ids"] }]);
  expect(detail()).toEqual([{ ...rest, loc: ["body"] }]);
});
