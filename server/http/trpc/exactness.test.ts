import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { RawJson } from "#contract/raw-json";
import { routes } from "#server/rest/routes";
import type { AppRouter } from "#server/routers/app-router";
import { procedures } from "#server/routers/procedures";
import { startHttpServer, type TestServer } from "#test/http-server";
import { exactInputPaths } from "./request";

/** The paths of every field `data` in a schema, found through JSON Schema, without the derivation that is tested. */
function dataPaths(schema: unknown, path: string[] = []): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {}, items, anyOf = [], allOf = [] } = schema as Record<string, never>; // absent ones have defaults
  return [
    ...Object.entries<unknown>(properties).flatMap(([name, field]) => [
      ...(name === "data" ? [[...path, name].join(".")] : []),
      ...dataPaths(field, [...path, name]),
    ]),
    ...dataPaths(items, [...path, "*"]),
    ...[...anyOf, ...allOf].flatMap((option) => dataPaths(option, path)),
  ];
}

const inJsonSchema = (schema: z.ZodType) => dataPaths(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

describe("exact fields of inputs", () => {
  it.each([...procedures.keys()])("are all fields named data of %s", (name) => {
    const schemas = procedures.get(name)?._def.inputs.filter((input) => input instanceof z.ZodType) ?? [];
    const expected = schemas.flatMap((schema) => inJsonSchema(schema));
    expect(exactInputPaths([name], false).map((path) => path.join("."))).toEqual(expected);
  });

  it("are those of the four procedures that store data", () => {
    const found = [...procedures.keys()].filter((name) => exactInputPaths([name], false).length > 0);
    expect(found.sort()).toEqual(["admin.import", "artifact.create", "artifact.createMany", "artifact.update"]);
  });

  it("have the index of their call in a batch", () => {
    expect(exactInputPaths(["flow.list", "artifact.createMany"], true)).toEqual([["1", "items", "*", "data"]]);
  });

  it("are found in every REST body that has data", () => {
    const withData = routes.filter(({ body }) => body && inJsonSchema(body).includes("data"));
    expect(withData.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /artifacts",
      "PATCH /artifacts/{id}",
    ]);
  });
});

type HasData<Row> = "data" extends keyof Row ? (RawJson extends Row["data"] ? true : false) : false;
type RowOf<Output> = Output extends readonly (infer Row)[]
  ? Row
  : Output extends { items: readonly (infer Row)[] }
    ? Row
    : Output;
type Outputs<Record> = {
  [Verb in keyof Record]: Record[Verb] extends { _def: { $types: { output: infer O } } } ? O : never;
};
type ExactVerbs<Noun extends string, Out> = {
  [Verb in keyof Out & string]: HasData<RowOf<Out[Verb]>> extends true ? `${Noun}.${Verb}` : never;
}[keyof Out & string];
type Nouns = AppRouter["_def"]["record"];

/** Every procedure that returns RawJson, by type. */
type ExactOutput = { [Noun in keyof Nouns & string]: ExactVerbs<Noun, Outputs<Nouns[Noun]>> }[keyof Nouns & string];

describe("exact fields of outputs", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startHttpServer();
    const data = '{"b":1.0,"a":12345678901234567890}';
    const response = await server.post("artifact.create", `{"key":"exact","data":${data}}`);
    const { id } = (await response.json()).result.data;
    await server.post("artifact.update", `{"id":"${id}","description":"new","data":${data}}`);
    INPUTS["artifact.revision"] = { id, revision: 1 };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const include = { include: ["data"] };
  /** The compiler requires every procedure that returns RawJson. */
  const INPUTS: Record<ExactOutput, object> = {
    "artifact.read": { key: "exact", version: 1 },
    // Its id is known later.
    "artifact.revision": {},
    "artifact.list": include,
    "artifact.page": include,
    "collection.latest": { key: "exact" },
    "collection.list": include,
    "collection.page": include,
    "search.best": { where: {}, ...include },
  };

  it.each(Object.keys(INPUTS))("are sent as they were stored by %s", async (name) => {
    const response = await server.post(name, JSON.stringify(Object(INPUTS)[name]));
    expect(await response.text()).toContain('"data":{"b":1.0,"a":12345678901234567890}');
  });
});
