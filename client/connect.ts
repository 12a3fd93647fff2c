import { noTracking } from "./scope";
import { createConnect } from "./vitrine";

export type { Artifact, ArtifactCreate, ArtifactCreated, ArtifactDetail, Metadata } from "#contract/artifact";
export type { ArtifactCollection } from "#contract/collection";
export type { Deployment } from "#contract/deployment";
export { type ErrorCode, type ErrorDetails, VitrineError } from "#contract/error";
export type { Flow } from "#contract/flow";
export type { FlowRun } from "#contract/flow-run";
export type { Json } from "#contract/json";
export type { TaskRun } from "#contract/task-run";
export type { Where } from "#contract/where";
export type { AppRouter } from "#server/routers/app-router";
export type { FileSource, FolderSource } from "./file";
export type { Typed, TypedKey } from "./key";
export { type ConnectOptions, DEFAULT_URL, type OnError } from "./options";
export type { Progress } from "./progress";
export type { FileOptions, ImageOptions, PublishOptions } from "./publish";
export type { RunOptions, TaskOptions } from "./run";
export type { Run, ScopedApi, Vitrine } from "./vitrine";

/**
 * Creates a typed connection to a Vitrine server; the first call sends the first request. Calls made in one turn of the
 * event loop share a request. Every failure is a VitrineError with a `code` of a closed set and a `message` that says
 * what to do. Data is parsed with `JSON.parse`; `GET /api/artifacts/{id}/data` returns its exact text.
 *
 * In Node, import it from `vitrine-client/node`, where artifacts belong to the run around the call. Here no platform
 * tracks that, so publish through the run: `vitrine.run({ flow }, (run) => run.markdown(…))`.
 */
export const connect = createConnect(() => noTracking);
