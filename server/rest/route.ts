import type { inferRouterInputs } from "@trpc/server";
import type { z } from "zod";
import type { Path } from "#contract/json-scan";
import { exactPaths } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import type { AppRouter, createCaller } from "#server/routers/app-router";

type Nouns = inferRouterInputs<AppRouter>;

/** A procedure by its noun and verb: `artifact.create`. */
export type ProcedureName = { [Noun in keyof Nouns & string]: `${Noun}.${keyof Nouns[Noun] & string}` }[keyof Nouns &
  string];

/** The path parameters and body fields of a request, merged. */
export type RequestFields = Record<string, unknown>;

export interface Route {
  method: string;
  /** Relative to `/api`, without a trailing slash; `{id}` is an id, any other parameter a text. */
  path: string;
  procedure: ProcedureName;
  status: number;
  /** The name of the operation in generated clients, where it is not that of the procedure. */
  operationId?: string;
  /** One sentence for the documentation, where the procedure's verb is not enough. */
  summary?: string;
  /** The shape of the response; absent: 204 without a body. */
  response?: z.ZodType;
  /** The rows of a list with data that is too large for one response. */
  stream?: (db: Database, input: unknown, caller: string) => ReadableStream<unknown>;
  /** A required body; parses into the procedure's input. */
  body?: z.ZodType;
  /** An optional body. */
  query?: z.ZodType;
  /** Where the body has exact JSON. */
  exact: Path[];
  /** The status when the row already existed. */
  existingStatus?: number;
  /** Called next when the row already existed, to update it to what was sent. */
  updateExisting?: { procedure: ProcedureName; input: (sent: unknown, row: unknown) => unknown };
  /** Builds the input, where path and body alone are not enough. */
  input?: (fields: RequestFields, caller: ReturnType<typeof createCaller>) => unknown;
  /** Makes the response one page of a list: its rows as `results`, and their number by this procedure. */
  count?: ProcedureName;
  /** Transforms the procedure's output before it is shaped by `response`. */
  output?: (output: unknown, input: unknown) => unknown;
  /** Makes the response of the procedure's output, where it is not rows under other names. */
  toBody?: (output: unknown, input: unknown) => unknown;
}

/** Declares a route: `route("GET /flows/{id}", "flow.read", 200, { response: Flow })`. */
export function route(
  request: `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`,
  procedure: ProcedureName,
  status: number,
  more: Omit<Route, "method" | "path" | "procedure" | "status" | "exact"> = {},
): Route {
  const [method = "", path = ""] = request.split(" ");
  const schema = more.body ?? more.query;
  return { method, path, procedure, status, exact: schema ? exactPaths(schema) : [], ...more };
}
