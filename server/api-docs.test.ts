import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { startHttpServer } from "#test/http-server";
import { procedures } from "./routers/procedures";

test("the API reference needs a key, where the server has keys", async () => {
  await using server = await startHttpServer({ apiKeys: [{ name: "ci", role: "read", secret: "correct-horse" }] });
  for (const path of [
    "/api/docs",
    "/api/docs/procedures.json",
    "/api/docs/swagger-ui.js",
    "/api/docs/swagger-ui.css",
  ]) {
    expect([path, (await server.fetch(path)).status]).toEqual([path, 401]);
    const response = await server.fetch(path, { headers: { authorization: "Bearer correct-horse" } });
    expect([path, response.status]).toEqual([path, 200]);
    await response.arrayBuffer();
  }
  const headers = { authorization: "Bearer correct-horse" };
  for (const path of ["/api/docs/", "/api/docs/constructor", "/api/docs/../main.js", "/api/docs/swagger-ui.js.map"]) {
    expect((await server.fetch(path, { headers })).status, path).toBe(404);
  }
  const post = await server.fetch("/api/docs", { method: "POST", headers });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});

test("the document of the procedures has each with its comment and example, and every reference in it leads somewhere", async () => {
  await using server = await startHttpServer();
  const document = await (await server.fetch("/api/docs/procedures.json")).json();
  const operations = Object.entries<Record<string, { operationId: string; description: string }>>(document.paths);
  expect(operations.map(([path]) => path)).toEqual([...procedures.keys()].map((path) => `/trpc/${path}`));
  for (const [path, methods] of operations) {
    const [operation] = Object.values(methods);
    expect(operation?.description, path).toMatch(
      /^\S[\s\S]* Role: `|^\S[\s\S]*\n\nRole: `(?:read|write|admin)`[\s\S]*vitrine\./,
    );
  }
  const text = JSON.stringify(document);
  const references = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
  expect(references.size).toBeGreaterThan(40);
  for (const name of references) expect(document.components.schemas).toHaveProperty([name ?? ""]);
  expect(text).not.toMatch(/\$defs|"\$id"|"\$schema"/);
});

test("the document of the procedures has the shapes of results and errors", async () => {
  await using server = await startHttpServer();
  const { paths, components, info, security } = await (await server.fetch("/api/docs/procedures.json")).json();
  const { responses, tags } = paths["/trpc/artifact.create"].post;
  expect(tags).toEqual(["artifact"]);
  expect(responses[200].content["application/json"].schema).toEqual({
    type: "object",
    properties: { result: { type: "object" } },
    required: ["result"],
  });
  expect(Object.keys(responses)).toEqual(["200", "400", "401", "403", "404", "408", "409", "413", "503"]);
  expect(responses[404].content["application/json"].schema).toEqual({ $ref: "#/components/schemas/Error" });
  const { error } = components.schemas.Error.properties;
  expect(components.schemas.Error.required).toEqual(["error"]);
  expect([error.required, error.properties.data.required]).toEqual([["message", "data"], ["code"]]);
  expect(error.properties.data.properties).toMatchObject({
    field: { type: "string" },
    httpStatus: { type: "integer" },
  });
  expect(security).toEqual([{ key: [] }]);
  expect(info.license).toEqual({ name: "MIT", identifier: "MIT" });
  expect(components.securitySchemes.key).toMatchObject({ type: "http", scheme: "bearer" });
});

test("both OpenAPI documents are valid", async () => {
  await using server = await startHttpServer();
  for (const path of ["/api/openapi.json", "/api/docs/procedures.json"]) {
    const validator = new Validator();
    const result = await validator.validate(await (await server.fetch(path)).json());
    expect([path, validator.version, result]).toEqual([path, "3.1", { valid: true }]);
  }
});
