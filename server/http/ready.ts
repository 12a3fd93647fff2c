import { VitrineError } from "#contract/error";
import { schemaProblem } from "#db/migrate";
import type { Changes } from "#server/models/changes";
import { storageProblem } from "#server/process/storage";
import type { Context } from "#server/routers/context";
import type { HttpResponse } from "./message";
import { errorResponse, json } from "./respond";

/** Whether balancers may send requests to this process. */
export interface Readiness {
  /** Why not: the response of `/api/ready`. */
  problem: string | null;
}

export interface ReadinessOptions extends Pick<Context, "pools"> {
  changes: Context["changes"] & Pick<Changes, "probe">;
}

const TIMEOUT = 2_000;
const NO_RESPONSE = "The database does not respond; try again in a second.";

/**
 * `/api/ready`: 200 when the process has started and is not stopping, every pool and the channel for changes respond within
 * 2 s and this program can write to the schema and to its disk, else 503. It needs no slot, and requests at the same time share one check.
 */
export function createReady({ pools, changes }: ReadinessOptions, own: Readiness) {
  let checking: Promise<string | null> | undefined;

  async function check(): Promise<string | null> {
    const timeout = new Promise<string>((resolve) => setTimeout(resolve, TIMEOUT, NO_RESPONSE).unref());
    const problem = schemaProblem(pools.control);
    const responses = Promise.all([problem, pools.probe(), changes.probe()]).then(
      () => problem,
      () => NO_RESPONSE,
    );
    const found = await Promise.race([responses, timeout]);
    checking = undefined;
    return found;
  }

  return async (): Promise<HttpResponse> => {
    checking ??= check();
    const problem = own.problem ?? storageProblem() ?? (await checking);
    if (problem === null) return json(200, { message: "OK" });
    return errorResponse({ error: new VitrineError("SERVICE_UNAVAILABLE", problem) });
  };
}
