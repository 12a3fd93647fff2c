import { expect } from "vitest";
import { z } from "zod";
import { startHttpServer, type TestServer } from "#test/http-server";

/** A request in the dialect and what came back of it. */
export type SendRequest = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<RestResponse>;

export interface RestResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The response as JSON; undefined where nothing came. */
  value: unknown;
}

/** A row of the dialect. */
export type Row = Record<string, unknown> & { id: string };

/** Asks for what gives a row, with that status: 201 unless another is named. */
export type SendForRow = (request: string, body: unknown, status?: number) => Promise<Row>;

/** The doors over a database of their own, asked in the dialect: `await send("POST /artifacts/", { key: "foo" })`. */
export async function startRestServer(
  env: Parameters<typeof startHttpServer>[0] = {},
): Promise<{ server: TestServer; send: SendRequest; row: SendForRow }> {
  const server = await startHttpServer(env);
  const send: SendRequest = async (request, body, headers) => {
    const [method = "", path = ""] = request.split(" ");
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await server.fetch(`/api${path}`, { method, ...sent, headers: { ...type, ...headers } });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      value: text === "" ? undefined : JSON.parse(text),
    };
  };
  const row: SendForRow = async (request, body, status = 201) => {
    const response = await send(request, body);
    expect(response).toMatchObject({ status, value: { id: expect.any(String) } });
    return response.value as Row; // it matched
  };
  return { server, send, row };
}

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

/** The document as it is served, what it says of one value as something that checks, and what it says of an response. */
export async function readOpenApi(send: SendRequest) {
  const { status, value } = await send("GET /openapi.json");
  expect(status).toBe(200);
  const { paths, components } = Document.parse(value);
  const made = new Map<unknown, z.ZodType>();
  const checkOf = (schema: unknown) => {
    const here = JSON.stringify({ ...Object(schema), $defs: components.schemas });
    const check =
      made.get(schema) ?? z.fromJSONSchema(JSON.parse(here.replaceAll("#/components/schemas/", "#/$defs/")));
    made.set(schema, check);
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
