import { z } from "zod";
import * as artifact from "#contract/artifact";
import { ERROR_CODES } from "#contract/error";
import * as filter from "#contract/filter";
import * as value from "#contract/value";
import * as where from "#contract/where";
import { inputSchemas, procedures } from "./procedures";
import { REFERENCE } from "./reference";

type JsonObject = Record<string, unknown>;

/** Schemas that are referred to by name; one under two names has the first. */
const NAMED = { ...value, ...filter, ...where, Metadata: artifact.Metadata };

const ERRORS = ["400", "401", "403", "404", "408", "409", "413", "503"];

let cached: JsonObject | undefined;

/** The procedures as an OpenAPI document: how they are called by HTTP, with their comments and examples. */
export function procedureOpenapi(): JsonObject {
  cached ??= createDocument();
  return cached;
}

function createDocument(): JsonObject {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) {
    if (schema instanceof z.ZodType && !named.has(schema)) named.add(schema, { id });
  }
  const paths: JsonObject = {};
  for (const [path, procedure] of procedures) {
    const { type, meta } = procedure._def;
    const [schema] = inputSchemas(procedure);
    const input = inputName(path);
    if (schema) named.add(schema, { id: input });
    const method = type === "mutation" ? "post" : "get";
    paths[`/trpc/${path}`] = {
      [method]: operation(path, { isQuery: method === "get", role: meta.role, input: schema && input }),
    };
  }
  const { schemas } = z.toJSONSchema(named, {
    io: "input",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
  });
  return {
    openapi: "3.1.0",
    info: {
      title: "Vitrine procedures (tRPC)",
      version: "1",
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Every procedure of the tRPC API, as it is called by HTTP. TypeScript services call them through `vitrine-client`, or with tRPC and the type `AppRouter`.",
    },
    servers: [{ url: "/api" }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key, where the server has keys." },
      },
      schemas: {
        ...Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)])),
        Error: ERROR,
      },
    },
  };
}

function inputName(path: string): string {
  return `${path.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}Input`;
}

/** OpenAPI refers to schemas by their place in the document. */
function withoutIds({ $schema, $id, id, ...schema }: JsonObject): JsonObject {
  return schema;
}

const ERROR = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: {
        message: { type: "string" },
        data: {
          type: "object",
          properties: { code: { enum: ERROR_CODES }, field: { type: "string" }, httpStatus: { type: "integer" } },
          required: ["code"],
        },
      },
      required: ["message", "data"],
    },
  },
  required: ["error"],
};

function operation(
  path: string,
  { isQuery, role, input }: { isQuery: boolean; role: string; input: string | undefined },
) {
  const { doc = "", output = "", example = "" } = REFERENCE[path] ?? {};
  const content = input && { "application/json": { schema: { $ref: `#/components/schemas/${input}` } } };
  const error = {
    description: "Says what is wrong.",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
  return {
    operationId: path,
    tags: [path.split(".")[0]],
    summary: doc.split(/[.;] /)[0]?.replace(/\.$/, ""),
    description: `${doc}\n\nRole: \`${role}\`. Returns \`${output}\`.\n\n\`\`\`ts\n${example}\n\`\`\``,
    ...(content && isQuery && { parameters: [{ name: "input", in: "query", content }] }),
    ...(content && !isQuery && { requestBody: { required: true, content } }),
    responses: {
      200: {
        description: `\`{ "result": { "data": … } }\` with ${output}.`,
        content: {
          "application/json": {
            schema: { type: "object", properties: { result: { type: "object" } }, required: ["result"] },
          },
        },
      },
      ...Object.fromEntries(ERRORS.map((status) => [status, error])),
    },
  };
}
