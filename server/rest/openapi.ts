import { z } from "zod";
import { NO_NUL } from "#contract/value";
import type { Route } from "./route";
import { routes } from "./routes";
import * as row from "./row";

/** The Prefect version that this API is tested with. */
export const PREFECT_VERSION = "3.9.1";

/** A node of a JSON Schema or an OpenAPI document. */
export type JsonObject = Record<string, unknown>;

const NAMED_SCHEMAS = {
  Artifact: row.Artifact,
  ArtifactCollection: row.ArtifactCollection,
  Flow: row.Flow,
  Deployment: row.Deployment,
  State: row.State,
  FlowRun: row.FlowRun,
  TaskRun: row.TaskRun,
  Orchestration: row.Orchestration,
};

const detailBody = { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] };
const messageBody = {
  type: "object",
  properties: { code: { type: "string" }, message: { type: "string" } },
  required: ["code", "message"],
};
const location = { type: "array", items: { type: ["string", "integer"] } };
const validationBody = {
  type: "object",
  properties: {
    exception_message: { type: "string" },
    exception_detail: {
      type: "array",
      items: {
        type: "object",
        properties: { type: { type: "string" }, loc: location, msg: { type: "string" } },
        required: ["type", "loc", "msg"],
      },
    },
    request_body: {},
  },
  required: ["exception_message", "exception_detail"],
};
const exceptionBody = {
  type: "object",
  properties: { exception_message: { type: "string" } },
  required: ["exception_message"],
};

/** Any JSON that `jsonb` stores. */
const JSON_VALUE = {
  anyOf: [
    { type: ["null", "boolean", "number"] },
    { type: "string", pattern: NO_NUL },
    { type: "array", items: { $ref: "#/components/schemas/JsonValue" } },
    {
      type: "object",
      propertyNames: { pattern: NO_NUL },
      additionalProperties: { $ref: "#/components/schemas/JsonValue" },
    },
  ],
};

const JSON_SCHEMA = { unrepresentable: "any", io: "input" } satisfies z.core.ToJSONSchemaParams;

/** A schema as JSON Schema; named schemas become references. */
function schemaOf(schema: z.ZodType, named: JsonObject): JsonObject {
  const name = nameOf(schema);
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) {
    return { type: "array", items: schemaOf(schema.element, named) };
  }
  return inlineSchema(schema, named);
}

function nameOf(schema: z.ZodType): string | undefined {
  return Object.entries(NAMED_SCHEMAS).find(([, named]) => named === schema)?.[0];
}

/** A schema written out, except for the filters in it, which are added to `named`. */
function inlineSchema(schema: z.ZodType, named: JsonObject): JsonObject {
  const text = JSON.stringify(z.toJSONSchema(schema, JSON_SCHEMA));
  const { $schema, $defs, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  Object.assign(named, $defs);
  return rest;
}

function content(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

function operation(route: Route, named: JsonObject): JsonObject {
  const { path, procedure, status, response, body, query, existingStatus } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const schema = body ? inlineSchema(body, named) : query && { anyOf: [inlineSchema(query, named), { type: "null" }] };
  const parameters = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? { type: "string", format: "uuid" } : { type: "string" },
  }));
  const done = response
    ? { description: "OK.", content: content(schemaOf(response, named)) }
    : { description: "Done, without a body." };
  const existing =
    existingStatus === undefined ? {} : { [existingStatus]: { ...done, description: "It already existed." } };
  const error = (description: string, of: JsonObject) => ({ description, content: content(of) });
  return {
    operationId: `${route.method.toLowerCase()}${path.replace(/\W+(\w?)/g, (_, first: string) => `_${first}`)}`,
    tags: [path.split("/")[1]],
    summary: summaryOf(route),
    "x-procedure": procedure,
    parameters,
    ...(schema && { requestBody: { required: body !== undefined, content: content(schema) } }),
    responses: {
      [status]: done,
      ...existing,
      400: error("The URL or the API version is not supported.", {
        anyOf: [detailBody, messageBody],
      }),
      ...(names.length > 0 && { 404: error("Not found.", detailBody) }),
      ...(existingStatus !== undefined && { 409: error("The row it belongs to does not exist.", detailBody) }),
      ...(schema && {
        413: error("The body is too large.", detailBody),
        415: error("The body is compressed or not in UTF-8.", detailBody),
        422: error("The body is invalid.", { anyOf: [validationBody, detailBody] }),
      }),
      401: error("An API key is required.", exceptionBody),
      403: error("The key's role, the host or the origin does not allow this.", { anyOf: [detailBody, messageBody] }),
      503: error("The database is unavailable; retry in a second.", exceptionBody),
      504: error("The query took too long; narrow the filter.", detailBody),
    },
  };
}

const NOUNS: Record<string, [string, string]> = {
  artifact: ["an artifact", "artifacts"],
  collection: ["the latest version of a key", "the latest version of every key"],
  flow: ["a flow", "flows"],
  deployment: ["a deployment", "deployments"],
  flowRun: ["a flow run", "flow runs"],
  taskRun: ["a task run", "task runs"],
};

/** The one-line summary of a route, derived from its procedure unless it has its own. */
function summaryOf({ procedure, summary, existingStatus }: Route): string {
  if (summary) return summary;
  const [noun = "", verb = ""] = procedure.split(".");
  const [one = noun, many = noun] = NOUNS[noun] ?? [];
  switch (verb) {
    case "create":
      return existingStatus === undefined ? `Create ${one}.` : `Create ${one}, or return the existing one.`;
    case "read":
    case "latest":
      return `Read ${one}.`;
    case "list":
      return `List ${many} that match a filter.`;
    case "count":
      return `Count ${many} that match a filter.`;
    case "update":
      return `Update ${one}: absent fields are unchanged, null clears.`;
    default:
      return `Delete ${one}.`;
  }
}

function createDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const named: JsonObject = { JsonValue: JSON_VALUE };
  for (const [name, schema] of Object.entries(NAMED_SCHEMAS)) named[name] = inlineSchema(schema, named);
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, named) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vitrine REST API (Prefect-compatible)",
      version: PREFECT_VERSION,
      description:
        "The part of the Prefect 3 API that clients need to publish and read artifacts and runs. A trailing slash is optional. Fields that only Prefect's own server uses, such as schedules and work pools, are accepted and not stored; so are logs.",
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

let cached: JsonObject | undefined;

/** The REST API as an OpenAPI 3.1 document, created from the routes on first use. */
export function openapi(): JsonObject {
  cached ??= createDocument();
  return cached;
}
