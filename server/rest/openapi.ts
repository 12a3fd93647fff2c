import { z } from "zod";
import { KEY } from "#contract/key";
import { NO_NUL, Reason } from "#contract/value";
import * as body from "./body";
import * as filter from "./filter";
import { REASON, takesReason } from "./reason";
import type { Route } from "./route";
import { routes } from "./routes";
import * as row from "./row";
import { named } from "./value";

/** The Prefect version that this API is tested with. */
export const PREFECT_VERSION = "3.9.1";

/** A node of a JSON Schema or an OpenAPI document. */
export type JsonObject = Record<string, unknown>;

const ERROR_SCHEMAS = {
  ErrorDetail: { type: "object", properties: { detail: { type: "string" } }, required: ["detail"] },
  ErrorMessage: {
    type: "object",
    properties: { code: { type: "string" }, message: { type: "string" } },
    required: ["code", "message"],
  },
  ErrorException: {
    type: "object",
    properties: { exception_message: { type: "string" } },
    required: ["exception_message"],
  },
  ErrorValidation: {
    type: "object",
    properties: {
      exception_message: { type: "string" },
      exception_detail: { type: "array", items: { $ref: "#/components/schemas/ErrorPlace" } },
      request_body: {},
    },
    required: ["exception_message", "exception_detail"],
  },
  ErrorPlace: {
    type: "object",
    properties: {
      type: { type: "string" },
      loc: { type: "array", items: { type: ["string", "integer"] } },
      msg: { type: "string" },
    },
    required: ["type", "loc", "msg"],
  },
};

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const detail = reference("ErrorDetail");
const message = reference("ErrorMessage");
const exception = reference("ErrorException");

/**
 * Any JSON that `jsonb` stores. Conditions under `then` apply to the types that they are about; generators of clients,
 * most of which cannot read a union that refers to itself, take it for any value.
 */
const JSON_VALUE = {
  description: "Any JSON value; no string in it has the character NUL.",
  if: { type: ["string", "array", "object"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {
    pattern: NO_NUL,
    items: reference("JsonValue"),
    propertyNames: { pattern: NO_NUL },
    additionalProperties: reference("JsonValue"),
  },
};

/** A name in a path: a URL with a backslash is not canonical. */
const PATH_NAME = "^[^/\\\\%&><\\u0000-\\u001f\\u007f-\\u009f]+$";

/** Of parameters that are not names. A slash in a key is sent as `%2F`. */
const PATH_SCHEMAS: Record<string, JsonObject> = {
  id: { format: "uuid" },
  key: { pattern: KEY.source, maxLength: 255 },
};

const JSON_SCHEMA = { unrepresentable: "any", io: "input" } satisfies z.core.ToJSONSchemaParams;

/** A schema as JSON Schema; named schemas become references. */
function schemaOf(schema: z.ZodType): JsonObject {
  const name = named.get(schema)?.id;
  if (name) return reference(name);
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) {
    return { type: "array", items: schemaOf(schema.element) };
  }
  const { $schema, ...rest } = z.toJSONSchema(schema, JSON_SCHEMA);
  return rest;
}

/** Names the bodies and the rows, whose parts are named already. */
function nameSchemas(): void {
  const bodies = Object.entries(filter).map(([name, schema]) => [`${name}Body`, schema] as const);
  for (const [id, schema] of [...Object.entries(row), ...Object.entries(body), ...bodies]) {
    if (schema instanceof z.ZodType) named.add(schema, { id });
  }
}

/** The named schemas. They refer to each other by their place in the document. */
function namedSchemas(): JsonObject {
  const { schemas } = z.toJSONSchema(named, { ...JSON_SCHEMA, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema, $id, id, ...schema }]) => [name, schema]));
}

function content(schema: JsonObject): JsonObject {
  return { "application/json": { schema } };
}

function operation(route: Route): JsonObject {
  const { path, procedure, status, response, body, query, existingStatus } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const schema = body ? schemaOf(body) : query && { anyOf: [schemaOf(query), { type: "null" }] };
  const ofPath = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", ...(PATH_SCHEMAS[name ?? ""] ?? { pattern: PATH_NAME }) },
  }));
  const reason = { name: REASON, in: "query", description: "Why, for the history.", schema: schemaOf(Reason) };
  const parameters = takesReason(route) ? [...ofPath, reason] : ofPath;
  const done = response
    ? { description: "OK.", content: content(schemaOf(response)) }
    : { description: "Done, without a body." };
  const existing =
    existingStatus === undefined ? {} : { [existingStatus]: { ...done, description: "It already existed." } };
  const error = (description: string, of: JsonObject) => ({ description, content: content(of) });
  return {
    operationId: operationIdOf(route),
    tags: [path.split("/")[1]],
    summary: summaryOf(route),
    "x-procedure": procedure,
    parameters,
    ...(schema && { requestBody: { required: body !== undefined, content: content(schema) } }),
    responses: {
      [status]: done,
      ...existing,
      400: error("The URL or the API version is not supported.", { anyOf: [detail, message] }),
      ...(names.length > 0 && { 404: error("Not found.", detail) }),
      ...(existingStatus !== undefined && { 409: error("The row it belongs to does not exist.", detail) }),
      ...(!schema && takesReason(route) && { 422: error("The reason is invalid.", reference("ErrorValidation")) }),
      ...(schema && {
        413: error("The body is too large.", detail),
        415: error("The body is compressed or not in UTF-8.", detail),
        422: error("The body is invalid.", { anyOf: [reference("ErrorValidation"), detail] }),
      }),
      401: error("An API key is required.", exception),
      403: error("The key's role, the host or the origin does not allow this.", { anyOf: [detail, message] }),
      503: error("The database is unavailable; retry in a second.", exception),
      504: error("The query took too long; narrow the filter.", detail),
    },
  };
}

interface Noun {
  one: string;
  many: string;
  /** In names of operations: `artifact`, of which the plural has an s. */
  name: string;
}

const NOUNS: Record<string, Noun> = {
  artifact: { one: "an artifact", many: "artifacts", name: "artifact" },
  collection: {
    one: "the latest version of a key",
    many: "the latest version of every key",
    name: "latest_artifact",
  },
  flow: { one: "a flow", many: "flows", name: "flow" },
  deployment: { one: "a deployment", many: "deployments", name: "deployment" },
  flowRun: { one: "a flow run", many: "flow runs", name: "flow_run" },
  taskRun: { one: "a task run", many: "task runs", name: "task_run" },
};

const OPERATIONS: Record<string, string> = { latest: "read", remove: "delete" };

/** Such as `list_artifacts`. */
function operationIdOf({ procedure, operationId }: Route): string {
  const [noun = "", verb = ""] = procedure.split(".");
  const plural = verb === "list" || verb === "count" ? "s" : "";
  return operationId ?? `${OPERATIONS[verb] ?? verb}_${NOUNS[noun]?.name ?? noun}${plural}`;
}

/** The one-line summary of a route, derived from its procedure unless it has its own. */
function summaryOf({ procedure, summary, existingStatus }: Route): string {
  if (summary) return summary;
  const [noun = "", verb = ""] = procedure.split(".");
  const { one = noun, many = noun } = NOUNS[noun] ?? {};
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
  nameSchemas();
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vitrine REST API (Prefect-compatible)",
      version: PREFECT_VERSION,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "The part of the Prefect 3 API that clients need to publish and read artifacts and runs. A trailing slash is optional. Fields that only Prefect's own server uses, such as schedules and work pools, are accepted and not stored; so are logs.",
    },
    servers: [{ url: "/api" }],
    security: [{}, { bearer: [] }, { basic: [] }],
    paths,
    components: {
      schemas: { JsonValue: JSON_VALUE, ...namedSchemas(), ...ERROR_SCHEMAS },
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
