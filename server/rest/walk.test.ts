import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
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

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const INSTANTS = ["2026-01-01", "2026-01-01T00:00:00", "2026-01-01 02:00+02:00", 1767225600, "1767225600.5"];

/** What nobody should send, anywhere. */
const junk = fc.constantFrom<unknown>(
  ...[null, "", "\0", "\ud800", "%_\\", -1, 1.5, 201, 1e19, true, [], [[]], {}, { a: {} }, "A/b", "x".repeat(70_000)],
);

/** The ids that earlier answers gave, by the noun that stands in their path. */
type CreatedIds = Map<string, string[]>;

function idIn(created: CreatedIds, noun: string, nth: number): string {
  const own = [...(created.get(noun) ?? [...created.values()].flat()), UNKNOWN];
  return own[nth % own.length] ?? UNKNOWN;
}

/** Values that a schema describes, with junk in every so many places; `field` is what they are for. */
function valuesOf(
  schema: JsonObject,
  schemas: JsonObject,
  created: CreatedIds,
  every: number,
  field = "",
): fc.Arbitrary<unknown> {
  const inner = (part: unknown, of = field) => valuesOf(Object(part), schemas, created, every, of);
  const { $ref, anyOf, enum: choices, type, properties, items, format } = schema;
  const known = (): fc.Arbitrary<unknown> => {
    if (typeof $ref === "string") return inner(schemas[$ref.split("/").at(-1) ?? ""]);
    if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((part) => inner(part)));
    if (Array.isArray(choices)) return fc.constantFrom(...choices);
    if (properties) {
      const members = Object.entries(properties).map(([name, part]): [string, fc.Arbitrary<unknown>] => [
        name,
        inner(part, name),
      ]);
      const requiredKeys: string[] = Array.isArray(schema.required) ? schema.required : [];
      return fc.record<Record<string, unknown>, string>(Object.fromEntries(members), { requiredKeys });
    }
    if (type === "array") return fc.array(inner(items), { maxLength: 3 });
    if (type === "object") return fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("a", "b"));
    if (type === "null") return fc.constant(null);
    if (type === "integer") return fc.constantFrom<unknown>(0, 1, "2", 200);
    if (type === "boolean") return fc.boolean();
    if (format === "uuid") return fc.nat().map((nth) => idIn(created, field.replace(/_id$/, "s"), nth));
    if (format === "date-time") return fc.constantFrom<unknown>(...INSTANTS);
    return fc.constantFrom("a", "etl", "daily");
  };
  return fc.oneof({ weight: every, arbitrary: known() }, { weight: 1, arbitrary: junk });
}

// Hundreds of sequential requests.
test("random requests get documented responses", { timeout: 60_000 }, async () => {
  const { paths, components, expectDocumented } = await readOpenApi(send);
  const created: CreatedIds = new Map();
  const statuses = new Map<number, number>();
  const requests = fc.constantFrom(...routes).chain((route) => {
    const schema = paths[route.path]?.[route.method.toLowerCase()]?.requestBody?.content["application/json"].schema;
    const names = fc.record({ nth: fc.nat(), text: fc.constantFrom("etl", "a", "daily", "é", "-") });
    const body = fc.constantFrom(1000, 20).chain((every) => valuesOf(schema, components.schemas, created, every));
    return fc.tuple(fc.constant(route), names, schema ? body : fc.constant(undefined));
  });
  await fc.assert(
    fc.asyncProperty(requests, async ([{ method, path }, { nth, text }, body]) => {
      const noun = path.split("/")[1] ?? "";
      const response = await send(
        `${method} ${path.replace("{id}", idIn(created, noun, nth)).replace(/\{\w+\}/g, encodeURIComponent(text))}`,
        body,
      );
      expectDocumented(method, path, response);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const row = Object(response.value);
      if (response.status !== 201 || typeof row.id !== "string") return;
      created.set(noun, [...(created.get(noun) ?? []), row.id]);
    }),
    { numRuns: 600, endOnFailure: true },
  );
  // The walk covers creates, reads, updates, missing rows and errors.
  for (const status of [200, 201, 204, 404, 422]) expect(statuses.get(status) ?? 0, `${status}`).toBeGreaterThan(5);
});
