import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { readOpenApi, type SendRequest, startRestServer } from "#test/rest-server";
import type { JsonObject } from "./openapi";
import { routes } from "./routes";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

/** Values at the edges of what any schema allows. */
const EDGES: unknown[] = [
  ...[null, true, false, "true", "No", "1", "2", 0, 1, 2, -1, 1.5, 200, 201, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e19],
  ...["", "a", "A/b", "é", "\0", "a\u0001", "\u009f", "x".repeat(300), "x".repeat(70_000), "and_", "ID_DESC"],
  ...["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01 02:00+02:00", "1969-12-31T23:59:59Z", "2200-12-31T23:59:59Z"],
  ...[
    "2201-01-01T00:00:00Z",
    "2026-01-01T00:00:00+16:00",
    "2026-13-01T00:00:00Z",
    "1767225600",
    1767225600,
    7.3e9,
    3e10,
  ],
  ...["018f2f3e-0000-7000-8000-000000000000", "018F2F3E00007000800000000000000Z", "018f2f3e000070008000000000000000"],
  ...[[], {}, [[]], [null], { a: 1 }, { a: "b" }, { a: "\0" }, { "\0": "a" }, { a: { b: ["\0"] } }, ["a"], ["\0"]],
];

/** Values that a schema describes, with any of the edges in every so many places. */
function valuesOf(schema: JsonObject, schemas: JsonObject, every: number): fc.Arbitrary<unknown> {
  const { $ref, anyOf, properties, items, enum: choices } = schema;
  const inner = (part: unknown) => valuesOf(Object(part), schemas, every);
  const edge = fc.constantFrom(...EDGES);
  const known = (): fc.Arbitrary<unknown> => {
    if (typeof $ref === "string") return inner(schemas[$ref.split("/").at(-1) ?? ""]);
    if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(inner));
    if (Array.isArray(choices)) return fc.constantFrom(...choices);
    if (properties) {
      const members = Object.entries(properties).map(([name, part]): [string, fc.Arbitrary<unknown>] => [
        name,
        inner(part),
      ]);
      const requiredKeys: string[] = Array.isArray(schema.required) ? schema.required : [];
      return fc.record<Record<string, unknown>, string>(Object.fromEntries(members), { requiredKeys });
    }
    if (schema.type === "array") return fc.array(inner(items), { maxLength: 2 });
    return edge;
  };
  return fc.oneof({ weight: every, arbitrary: known() }, { weight: 1, arbitrary: edge });
}

test.each(
  routes.flatMap((route) => {
    const schema = route.body ?? route.query;
    return schema ? [[`${route.method} ${route.path}`, route, schema] as const] : [];
  }),
)("%s accepts exactly the bodies that the document describes", async (_, { method, path, query }, schema) => {
  const { paths, components, checkOf } = await readOpenApi(send);
  const documented = paths[path]?.[method.toLowerCase()]?.requestBody?.content["application/json"].schema;
  const check = checkOf(documented);
  fc.assert(
    fc.property(valuesOf(documented, components.schemas, 30), (body) => {
      const accepted = schema.safeParse(body === null && query ? {} : body).success;
      expect(check.safeParse(body).success).toBe(accepted);
    }),
    { numRuns: 75 * inject("runs") },
  );
});
