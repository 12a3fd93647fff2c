import { explicit } from "./scope";
import { connector } from "./vitrine";

export type { Artifact, ArtifactCreate, ArtifactDetail, Metadata } from "#contract/artifact";
export type { ArtifactCollection } from "#contract/collection";
export type { Deployment } from "#contract/deployment";
export { type ErrorCode, type ErrorDetails, VitrineError } from "#contract/error";
export type { Flow } from "#contract/flow";
export type { FlowRun } from "#contract/flow-run";
export type { Json } from "#contract/json";
export type { TaskRun } from "#contract/task-run";
export type { Where } from "#contract/where";
export type { Typed, TypedKey } from "./key";
export { type ConnectOptions, DEFAULT_URL, type OnError } from "./options";
export type { Progress } from "./progress";
export type { About, AboutImage } from "./publish";
export type { RunOptions, TaskOptions } from "./run";
export type { Hand, Run } from "./scoped-api";
export type { Vitrine } from "./vitrine";

/**
 * A typed connection to a Vitrine. Nothing is sent before the first call; calls of one turn of the event loop travel as
 * one request. What fails rejects with a `StoreError`: `error.code` is one of the closed codes, `error.message` the
 * sentence that says what to do. Data is what `JSON.parse` makes of it; `GET /api/artifacts/{id}/data` gives the text itself.
 *
 * In Node, take it from `vitrine-client/node`: there what is published within a run belongs to it by itself. Here, where
 * no platform keeps track of that, publish through the run: `vitrine.run({ flow }, (run) => run.markdown(…))`.
 */
export const connect = connector(() => explicit);
