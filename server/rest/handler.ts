import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { HttpRequest, HttpResponse } from "#server/http/message";
import { stringifyExact } from "#server/http/payload";
import { json } from "#server/http/respond";
import { callerOf, procedures } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { trpcToVitrineError } from "#server/routers/error";
import { type Call, streamed } from "./large";
import { isResource, matchRoutes } from "./matching";
import { respondToOtherRoute, versionError } from "./other-routes";
import { readBody } from "./read";
import type { Given, Route } from "./route";
import { toRestBody } from "./row";
import { detailResponse, procedureError } from "./validation-error";

/** Where the door stands. */
const API = "/api";

/**
 * Answers a request in Prefect's dialect, errors included; null for a path that is none of the dialect's.
 * Procedures are called as by any door, so their guards and limits hold.
 */
export async function answerRest(
  asked: HttpRequest,
  known: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse | null> {
  const path = asked.path.slice(API.length);
  const answer = await respondToOtherRoute(path, asked, known.role);
  if (answer) return answer;
  if (!isResource(path)) return null;
  const refused = versionError(asked.headers);
  if (refused) return refused;
  const found = matchRoutes(path);
  const hit = found.find(({ route }) => route.method === asked.method);
  if (hit) return answerRoute(hit.route, hit.given, asked, known, maxData);
  if (found.length === 0) return detailResponse(404, "Not Found");
  const allow = found.map(({ route }) => route.method).join(", ");
  return detailResponse(405, "Method Not Allowed", { allow });
}

async function answerRoute(
  route: Route,
  given: Given,
  asked: HttpRequest,
  known: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse> {
  const since = Date.now();
  const call: Call = async (name, input) => {
    const procedure = procedures.get(name);
    if (!procedure) throw new VitrineError("NOT_FOUND", `There is no procedure ${name}.`);
    const { type } = procedure._def;
    return procedure({
      path: name,
      getRawInput: async () => input,
      ctx: known,
      type,
      signal: asked.signal,
      batchIndex: 0,
    });
  };
  try {
    const body = await readBody(route, asked, maxData);
    if ("refused" in body) return body.refused;
    const both = { ...body.value, ...given };
    const caller = callerOf(known);
    const input = route.input ? await route.input(both, caller) : both;
    return await called(route, input, call, since);
  } catch (error) {
    return procedureError(errorOf(error, route), missingOf(route));
  }
}

async function called(route: Route, input: unknown, call: Call, since: number): Promise<HttpResponse> {
  const given = await call(route.procedure, input).catch((error) => {
    if (tooLarge(error) && route.answer instanceof z.ZodArray) return null;
    throw error;
  });
  if (given === null && route.answer instanceof z.ZodArray) {
    const rows = await call(route.procedure, { ...Object(input), include: undefined });
    const body = streamed(route.answer, Array.isArray(rows) ? rows : [], call);
    return { status: route.status, headers: { "content-type": "application/json" }, body };
  }
  if (!route.answer) return { status: 204, headers: {}, body: null };
  const status = route.known === undefined || madeSince(given, input, since) ? route.status : route.known;
  const again = status === route.known ? route.again : undefined;
  const found = again ? await call(again.procedure, again.input(input, given)) : given;
  const row = route.output ? route.output(found, input) : found;
  const { headers } = json(status, null);
  return { status, headers, body: stringifyExact(toRestBody(route.answer, row)) };
}

const Made = z.object({ id: z.string(), created: z.string() });

/** Whether a row was made by this request: an id of ours holds the millisecond in which it was; others were sent. */
function madeSince(row: unknown, sent: unknown, since: number): boolean {
  const { id, created } = Made.parse(row);
  const ours = Object(sent).id !== id && z.uuidv7().safeParse(id).success;
  return (ours ? Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16) : Date.parse(created)) >= since;
}

function tooLarge(error: unknown): boolean {
  return error instanceof TRPCError && error.code === "PAYLOAD_TOO_LARGE";
}

function errorOf(error: unknown, { body, query }: Route): VitrineError {
  const known = error instanceof VitrineError ? error : trpcToVitrineError(trpcErrorOf(error));
  // Where the path says all, a name that is refused is one that nothing has.
  if (known.code === "BAD_REQUEST" && !body && !query) return new VitrineError("NOT_FOUND", known.message);
  return known;
}

function trpcErrorOf(error: unknown): TRPCError {
  return error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
}

/** What the path names and is not there, in Prefect's words: "Flow run not found"; null where it names nothing. */
function missingOf({ path }: Route): string | null {
  if (!path.includes("{")) return null;
  return MISSING[path.split("/")[1] ?? ""] ?? "Not Found";
}

const MISSING: Record<string, string> = {
  artifacts: "Artifact not found.",
  flows: "Flow not found",
  deployments: "Deployment not found",
  flow_runs: "Flow run not found",
  task_runs: "Task not found",
};
