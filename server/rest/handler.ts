import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import { newDeadline } from "#db/deadline";
import type { HttpRequest, HttpResponse } from "#server/http/message";
import { stringifyExact } from "#server/http/payload";
import { json } from "#server/http/respond";
import { type Resolve, runProcedure } from "#server/http/trpc/direct/run-procedure";
import { isExisting } from "#server/models/existing";
import { reachable } from "#server/models/reach";
import { createCaller } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { toVitrineError } from "#server/routers/error";
import { procedures } from "#server/routers/procedures";
import { expectRole } from "#server/routers/trpc";
import { type WrittenList, writtenLists } from "#server/routers/written";
import { noteClientVersion } from "./client-version";
import { isResource, matchRoutes } from "./match-route";
import { otherMethods, respondToOtherRoute, versionError } from "./other-routes";
import { readBody } from "./read-body";
import { readReason } from "./reason";
import type { RequestFields, Route } from "./route";
import { toRestBody, toRestFields } from "./row";
import { streamRows } from "./stream-rows";
import { detailResponse, procedureError } from "./validation-error";

const API = "/api";

type Call = (name: string, input: unknown, resolve?: Resolve) => Promise<unknown>;

/** Whether a path belongs to the Prefect-compatible API, of which errors have Prefect's form. */
export function isRestPath(path: string): boolean {
  const under = path.slice(API.length);
  return isResource(under) || otherMethods(under).length > 0;
}

/** The methods of a path of the Prefect-compatible API; none for another path. */
export function restMethods(path: string): string[] {
  const under = path.slice(API.length);
  return [...otherMethods(under), ...matchRoutes(under).map(({ route }) => route.method)];
}

/**
 * Handles a request to the Prefect-compatible API, errors included; null for a path that does not belong to it.
 * Procedures run with their usual guards and limits.
 */
export async function handleRest(
  request: HttpRequest,
  context: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse | null> {
  const path = request.path.slice(API.length);
  noteClientVersion(request.headers);
  const response = await respondToOtherRoute(path, request);
  if (response) return response;
  if (!isResource(path)) return null;
  const unsupported = versionError(request.headers);
  if (unsupported) return unsupported;
  const matches = matchRoutes(path);
  const match = matches.find(({ route }) => route.method === request.method);
  if (match) request.record.route = `${match.route.method} ${API}${match.route.path}`;
  if (match) return handleRoute(match.route, match.parameters, request, context, maxData);
  if (matches.length === 0) return detailResponse(404, "Not Found");
  const allow = matches.map(({ route }) => route.method).join(", ");
  return detailResponse(405, "Method Not Allowed", { allow });
}

async function handleRoute(
  route: Route,
  pathParameters: RequestFields,
  request: HttpRequest,
  context: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse> {
  const ctx = { ...context };
  const call: Call = async (name, input, resolve) => {
    const procedure = procedures.get(name);
    if (!procedure) throw new VitrineError("NOT_FOUND", `No procedure "${name}".`);
    const { type } = procedure._def;
    const options = { path: name, getRawInput: async () => input, ctx, type, signal: request.signal, batchIndex: 0 };
    return runProcedure(procedure, options, resolve);
  };
  try {
    const role = procedures.get(route.procedure)?._def.meta.role;
    if (role) expectRole(context.role, role);
    const body = await readBody(route, request, maxData);
    if ("error" in body) return body.error;
    const why = readReason(route, request.search);
    if ("error" in why) return why.error;
    const fields = { ...body.value, ...pathParameters, ...why.value };
    ctx.deadline = newDeadline();
    const input = route.input ? await route.input(fields, createCaller(ctx)) : fields;
    return await respondToRoute(route, input, call, context);
  } catch (error) {
    return procedureError(toRestError(error, route, request.record.id), notFoundMessage(route));
  }
}

async function respondToRoute(
  route: Route,
  input: unknown,
  call: Call,
  { pools, keys, caller }: Pick<Context, "pools" | "keys" | "caller">,
): Promise<HttpResponse> {
  const { stream, response } = route;
  const written = writtenFields(route);
  const resolve: Resolve | undefined = written && ((options) => written.resolve(options, written));
  const output = await call(route.procedure, input, resolve).catch((error) => {
    if (isTooLarge(error) && stream) return null;
    throw error;
  });
  if (output === null && stream && response instanceof z.ZodArray) {
    const body = await streamRows(response, stream(reachable(pools.searches, keys), input, caller));
    return { status: route.status, headers: { "content-type": "application/json" }, body };
  }
  if (output instanceof Uint8Array) return { ...json(route.status, null), body: Object(output) };
  if (!route.response) return { status: 204, headers: {}, body: null };
  const status = isExisting(output) ? (route.existingStatus ?? route.status) : route.status;
  const update = status === route.existingStatus ? route.updateExisting : undefined;
  const current = update ? await call(update.procedure, update.input(input, output)) : output;
  const page = route.count && pageOf(current, input, await call(route.count, { where: Object(input).where }));
  const row = route.output ? route.output(current, input) : (page ?? current);
  const { headers } = json(status, null);
  const body = route.toBody ? route.toBody(current, input) : toRestBody(route.response, row);
  return { status, headers, body: stringifyExact(body) };
}

/** The list of a route, with the fields of its response. */
function writtenFields({ procedure, response }: Route): WrittenList | undefined {
  const list = writtenLists.get(procedure);
  if (!list || !(response instanceof z.ZodArray && response.element instanceof z.ZodObject)) return undefined;
  return { ...list, fields: toRestFields(response.element, list.fields) };
}

/** A page as Prefect numbers them, from 1. */
function pageOf(results: unknown, input: unknown, total: unknown) {
  const { limit, offset } = Object(input);
  const count = Number(total);
  return {
    results,
    count,
    limit,
    pages: limit > 0 ? Math.ceil(count / limit) : 0,
    page: limit > 0 ? offset / limit + 1 : 1,
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof TRPCError && error.code === "PAYLOAD_TOO_LARGE";
}

function toRestError(error: unknown, { body, query }: Route, requestId: string): VitrineError {
  const known = toVitrineError(error, { request: requestId });
  // Without a body the only invalid input is a name in the path, which then matches nothing.
  if (known.code === "BAD_REQUEST" && !body && !query) return new VitrineError("NOT_FOUND", known.message);
  return known;
}

/** Prefect's message for a row in the path that does not exist; null for a path without parameters. */
function notFoundMessage({ path }: Route): string | null {
  if (!path.includes("{")) return null;
  return NOT_FOUND_MESSAGES[path.split("/")[1] ?? ""] ?? "Not Found";
}

const NOT_FOUND_MESSAGES: Record<string, string> = {
  artifacts: "Artifact not found.",
  flows: "Flow not found",
  deployments: "Deployment not found",
  flow_runs: "Flow run not found",
  task_runs: "Task not found",
};
