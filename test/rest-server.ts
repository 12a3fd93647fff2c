import { expect } from "vitest";
import { z } from "zod";
import { NO_NUL } from "#contract/value";
import { startHttpServer, type TestServer } from "#test/http-server";

/** Sends `"POST /artifacts/"` with a JSON body; a string is sent as it is. */
export type SendRequest = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<RestResponse>;

export interface RestResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is empty. */
  value: unknown;
}

export type Row = Record<string, unknown> & { id: string };

/** Sends a request whose response must be a row with that status, 201 by default. */
export type SendForRow = (request: string, body: unknown, status?: number) => Promise<Row>;

/** Starts a server on a database of its own, with functions that call its REST API. */
export async function startRestServer(
  env: Parameters<typeof startHttpServer>[0] = {},
): Promise<{ server: TestServer; send: SendRequest; sendForRow: SendForRow }> {
  const server = await startHttpServer(env);
  const send: SendRequest = async (request, body, headers) => {
    const [method = "", path = ""] = request.split(" ");
    const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await server.fetch(`/api${path}`, { method, ...content, headers: { ...type, ...headers } });
    const text = await response.text();
    const value = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, value };
  };
  const sendForRow: SendForRow = async (request, body, status = 201) => {
    const response = await send(request, body);
    expect(response).toMatchObject({ status, value: { id: expect.any(String) } });
    return response.value as Row; // just matched
  };
  return { server, send, sendForRow };
}

/** The document's schema of any JSON value without conditions, which Zod does not read. */
const JSON_VALUE = {
  anyOf: [
    { type: ["null", "boolean", "number"] },
    { type: "string", pattern: NO_NUL },
    { type: "array", items: { $ref: "#/$defs/JsonValue" } },
    {
      type: "object",
      propertyNames: { pattern: NO_NUL },
      additionalProperties: { $ref: "#/$defs/JsonValue" },
    },
  ],
};

const Responses = z.record(
  z.string(),
  z.object({ content: z.object({ "application/json": z.object({ schema: z.any() }) }).optional() }),
);
const Document = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: Responses, requestBody: z.any().optional() })),
  ),
  components: z.object({ schemas: z.record(z.string(), z.any()) }),
});

/** Reads the served OpenAPI document. `checkOf` makes a Zod schema of one of its schemas. */
export async function readOpenApi(send: SendRequest) {
  const { status, value } = await send("GET /openapi.json");
  expect(status).toBe(200);
  const { paths, components } = Document.parse(value);
  const checks = new Map<unknown, z.ZodType>();
  const checkOf = (schema: unknown) => {
    const text = JSON.stringify({ ...Object(schema), $defs: { ...components.schemas, JsonValue: JSON_VALUE } });
    const check =
      checks.get(schema) ?? z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
    checks.set(schema, check);
    return check;
  };
  const expectDocumented = (method: string, path: string, response: Omit<RestResponse, "headers">) => {
    const responses = paths[path]?.[method.toLowerCase()]?.responses ?? {};
    expect(Object.keys(responses), `${method} ${path} ${response.text}`).toContain(String(response.status));
    const content = responses[response.status]?.content;
    if (!content) return expect(response.text).toBe("");
    expect(checkOf(content["application/json"].schema).safeParse(response.value).error, response.text).toBeUndefined();
  };
  return { paths, components, checkOf, expectDocumented };
}
