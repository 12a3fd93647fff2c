import type { inferRouterInputs } from "@trpc/server";
import type { z } from "zod";
import type { AppRouter, callerOf } from "#server/routers/app-router";

type Nouns = inferRouterInputs<AppRouter>;

/** A procedure by its noun and verb: `artifact.create`. */
export type ProcedureName = { [Noun in keyof Nouns & string]: `${Noun}.${keyof Nouns[Noun] & string}` }[keyof Nouns &
  string];

/** What a path and a body ask for together: members of the path, then those of the body. */
export type Given = Record<string, unknown>;

/** One route of the dialect: what is asked where, who answers it, and in which shape. */
export interface Route {
  method: string;
  /** From `/api` on, without a slash at its end; `{id}` is an id, any other name a text. */
  path: string;
  procedure: ProcedureName;
  status: number;
  /** What it does, in a sentence, where its procedure does not say it. */
  says?: string;
  /** What is answered, field by field; without it nothing is, under 204. */
  answer?: z.ZodType;
  /** The body that is needed; it gives the procedure's input. */
  body?: z.ZodType;
  /** The body that may be left out. */
  query?: z.ZodType;
  /** The status for a row that was there already. */
  known?: number;
  /** What is called next for a row that was there already, to make it what was sent. */
  again?: { procedure: ProcedureName; input: (sent: unknown, row: unknown) => unknown };
  /** The input where path and body alone do not make it. */
  input?: (given: Given, caller: ReturnType<typeof callerOf>) => unknown;
  /** What becomes of the procedure's answer before it is written. */
  output?: (answer: unknown, input: unknown) => unknown;
}

/** A line of the routes page: `route("GET /flows/{id}", "flow.read", 200, { answer: Flow })`. */
export function route(
  request: `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`,
  procedure: ProcedureName,
  status: number,
  more: Omit<Route, "method" | "path" | "procedure" | "status"> = {},
): Route {
  const [method = "", path = ""] = request.split(" ");
  return { method, path, procedure, status, ...more };
}
