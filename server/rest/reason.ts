import { z } from "zod";
import { Reason } from "#contract/value";
import { inputSchemas, procedures } from "#server/routers/procedures";
import type { ParsedBody } from "./read-body";
import type { Route } from "./route";
import { invalidParameter } from "./validation-error";

/**
 * In a URL: `DELETE /api/artifacts/ID?reason=Duplicate`. Prefect's server ignores unknown parameters of a URL, and rejects
 * unknown fields of a body.
 */
export const REASON = "reason";

/** Whether the procedure of a route takes a reason. */
export function takesReason({ procedure }: Pick<Route, "procedure">): boolean {
  const called = procedures.get(procedure);
  return (
    called !== undefined && inputSchemas(called).some((input) => input instanceof z.ZodObject && REASON in input.shape)
  );
}

/** Why a request writes, as a part of the input of its procedure; of a parameter that is repeated, the last. */
export function readReason(route: Route, search: string): ParsedBody {
  if (search === "") return { value: {} };
  const sent = new URLSearchParams(search).getAll(REASON).at(-1);
  if (sent === undefined || !takesReason(route)) return { value: {} };
  const parsed = Reason.safeParse(sent, { reportInput: true });
  return parsed.success ? { value: { reason: parsed.data } } : { error: invalidParameter(REASON, parsed.error.issues) };
}
