import { connector } from "./connector";
import { explicit } from "./scope";

export { StoreError } from "#contract/error";
export type { Vitrine } from "./connector";
export type { Hand, Run } from "./hand";
export { type ConnectOptions, DEFAULT_URL, type OnError } from "./options";

/**
 * A typed connection to a Vitrine. Nothing is sent before the first call; calls of one turn of the event loop travel as
 * one request. What fails rejects with a `StoreError`: `error.code` is one of the closed codes, `error.message` the
 * sentence that says what to do. Data is what `JSON.parse` makes of it; `GET /api/artifacts/{id}/data` gives the text itself.
 *
 * In Node, take it from `vitrine-client/node`: there what is published within a run belongs to it by itself. Here, where
 * no platform keeps track of that, publish through the run: `vitrine.run({ flow }, (run) => run.markdown(…))`.
 */
export const connect = connector(() => explicit);
