import { z } from "zod";
import { EventWhere } from "#contract/event";
import type { HttpRequest, HttpResponse } from "./http/message";
import { stream } from "./models/event";
import { AUDIT_PATH } from "./observe/route";
import type { Context } from "./routers/context";
import { inputError } from "./routers/error";
import { expectUnlimited } from "./routers/reach";
import { expectRole } from "./routers/trpc";

const HEADERS = { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" };

/** Each parameter at most once, but for those that are lists; two times of one name would be ambiguous. */
const Query = z
  .strictObject({
    ...EventWhere.shape,
    verb: EventWhere.shape.verbs,
    actor: EventWhere.shape.actors,
  })
  .omit({ verbs: true, actors: true });

/**
 * Sends the events that match the query, the oldest first, as a line of JSON each; null for another path. Role: admin.
 * Parameters: those of `EventWhere`, with `verb` and `actor` as often as needed. The connection breaks off where it fails.
 */
export async function handleAuditExport(
  { path, method, search }: HttpRequest,
  { pools, role, keys, caller }: Pick<Context, "pools" | "role" | "keys" | "caller">,
): Promise<HttpResponse | null> {
  if (path !== AUDIT_PATH || method !== "GET") return null;
  expectRole(role, "admin");
  expectUnlimited(keys, "The audit");
  const events = stream(pools.long, parseWhere(search), caller).getReader();
  // An error before the first event has a status of its own.
  let next = await events.read();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done) return controller.close();
        controller.enqueue(Buffer.from(`${JSON.stringify(next.value)}\n`));
        next = await events.read();
      },
      cancel: (reason) => events.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { status: 200, headers: HEADERS, body };
}

function parseWhere(search: string): EventWhere {
  const parameters = new URLSearchParams(search);
  const input: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    input[name] = name === "verb" || name === "actor" || values.length > 1 ? values : (values[0] ?? "");
  }
  const result = Query.safeParse(input);
  if (!result.success) throw inputError(result.error.issues);
  const { verb: verbs, actor: actors, ...where } = result.data;
  return { ...where, verbs, actors };
}
