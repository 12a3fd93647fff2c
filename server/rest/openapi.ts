import { z } from "zod";
import { PREFECT } from "./prefect-version";
import type { Route } from "./route";
import { routes } from "./routes";
import * as row from "./row";
import { sentenceOf } from "./sentence";

/** A part of a JSON Schema or of an OpenAPI document. */
export type Part = Record<string, unknown>;

const NAMED = {
  Artifact: row.Artifact,
  ArtifactCollection: row.ArtifactCollection,
  Flow: row.Flow,
  Deployment: row.Deployment,
  State: row.State,
  FlowRun: row.FlowRun,
  TaskRun: row.TaskRun,
  Orchestration: row.Orchestration,
};

const detail = { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] };
const plainly = {
  type: "object",
  properties: { code: { type: "string" }, message: { type: "string" } },
  required: ["code", "message"],
};
const place = { type: "array", items: { type: ["string", "integer"] } };
const invalid = {
  type: "object",
  properties: {
    exception_message: { type: "string" },
    exception_detail: {
      type: "array",
      items: {
        type: "object",
        properties: { type: { type: "string" }, loc: place, msg: { type: "string" } },
        required: ["type", "loc", "msg"],
      },
    },
    request_body: {},
  },
  required: ["exception_message", "exception_detail"],
};
const exception = {
  type: "object",
  properties: { exception_message: { type: "string" } },
  required: ["exception_message"],
};

/** What is described has the type it says it has: that some are taken in other forms too is for who sends them already. */
const JSON_SCHEMA = {
  unrepresentable: "any",
  io: "input",
  override: ({ jsonSchema }) => {
    if (jsonSchema.type) delete jsonSchema.anyOf;
  },
} satisfies z.core.ToJSONSchemaParams;

/** A schema as JSON Schema; the named ones are referred to by their names. */
function schemaOf(schema: z.ZodType, named: Part): Part {
  const name = nameOf(schema);
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) {
    return { type: "array", items: schemaOf(schema.element, named) };
  }
  return plain(schema, named);
}

function nameOf(schema: z.ZodType): string | undefined {
  return Object.entries(NAMED).find(([, named]) => named === schema)?.[0];
}

/** A schema written out, but for the filters in it, which go to `named`. */
function plain(schema: z.ZodType, named: Part): Part {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, JSON_SCHEMA);
  Object.assign(named, $defs);
  return JSON.parse(JSON.stringify(rest).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function content(schema: Part): Part {
  return { "application/json": { schema } };
}

function operation(route: Route, named: Part): Part {
  const { path, procedure, status, answer, body, query, known } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const schema = body ?? query;
  const parameters = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? { type: "string", format: "uuid" } : { type: "string" },
  }));
  const done = answer
    ? { description: "The answer.", content: content(schemaOf(answer, named)) }
    : { description: "Done; there is no body." };
  const answers = known === undefined ? {} : { [known]: { ...done, description: "It was there already." } };
  const error = (description: string, of: Part) => ({ description, content: content(of) });
  return {
    operationId: `${route.method.toLowerCase()}${path.replace(/\W+(\w?)/g, (_, first: string) => `_${first}`)}`,
    tags: [path.split("/")[1]],
    summary: sentenceOf(route),
    "x-procedure": procedure,
    parameters,
    ...(schema && { requestBody: { required: body !== undefined, content: content(plain(schema, named)) } }),
    responses: {
      [status]: done,
      ...answers,
      400: error("The address or the version of the API is not one that is understood.", { anyOf: [detail, plainly] }),
      ...(names.length > 0 && { 404: error("It is not there.", detail) }),
      ...(known !== undefined && { 409: error("What it belongs to is not there.", detail) }),
      ...(schema && {
        413: error("The body is too large.", detail),
        415: error("The body is compressed.", detail),
        422: error("The body was refused.", { anyOf: [invalid, detail] }),
      }),
      401: error("A key is needed.", exception),
      403: error("The key's role, the host or the origin does not allow it.", { anyOf: [detail, plainly] }),
      503: error("The store cannot answer just now.", exception),
      504: error("The store took too long; narrow the filter.", detail),
    },
  };
}

function document(): Part {
  const paths: Record<string, Part> = {};
  const named: Part = {};
  for (const [name, schema] of Object.entries(NAMED)) named[name] = plain(schema, named);
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, named) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vitrine, in Prefect's dialect",
      version: PREFECT,
      description:
        "What a client of Prefect 3 needs to publish artifacts and runs. Paths may end in a slash or not. What only Prefect's own server uses, as schedules and work pools, is taken and not kept; so are logs.",
    },
    servers: [{ url: "/api" }],
    security: [{}, { bearer: [] }, { basic: [] }],
    paths,
    components: {
      schemas: named,
      securitySchemes: { bearer: { type: "http", scheme: "bearer" }, basic: { type: "http", scheme: "basic" } },
    },
  };
}

let made: Part | undefined;

/** The dialect as OpenAPI 3.1, made from the routes page and its schemas when it is first asked for. */
export function openapi(): Part {
  made ??= document();
  return made;
}
