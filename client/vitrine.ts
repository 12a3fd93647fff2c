import type { z } from "zod";
import type { ArtifactDetail } from "#contract/artifact";
import type { ChangeMessage, ChangesWatch } from "#contract/changes";
import { createProcedures } from "./call";
import { reportErrors, throwErrors } from "./error-policy";
import { createTypedKey, readReference, type TypedKey } from "./key";
import { type ConnectOptions, type OnError, resolveOptions } from "./options";
import { type PagedLists, pagedLists } from "./pages";
import type { Procedures } from "./procedures";
import { type Connection, createPublish, createPublisher, type Publisher } from "./publish";
import { type RunOptions, runFlow, runTask, type TaskOptions } from "./run";
import type { Scope, ScopeTracker } from "./scope";
import { createTransport } from "./transport";
import { createUploader } from "./upload";
import { watch } from "./watch";

/**
 * What a connection, a run and a task have in common. What is published through a run or task belongs to it. `Failed`
 * is what publishing resolves to when it fails: null where `onError` reports errors, never where it throws them.
 */
export interface ScopedApi<Failed extends null = never> extends Publisher<Failed> {
  /** A key whose versions match a schema: `vitrine.key("daily-report", z.object({ … }))`. */
  key<Schema extends z.ZodType>(key: string, schema: Schema): TypedKey<Schema, Failed>;
  /** Runs `work` as a flow run: COMPLETED, or FAILED with the message of the error, which is rethrown. */
  run<T>(options: RunOptions, work: (run: Run<Failed>) => T | Promise<T>): Promise<T>;
  /** Runs `work` as a task run of the current flow run; states and errors as in `run`. */
  task<T>(task: string | TaskOptions, work: (task: Run<Failed>) => T | Promise<T>): Promise<T>;
}

/** A flow run or task run while its work runs. */
export interface Run<Failed extends null = never> extends ScopedApi<Failed> {
  readonly id: string | Failed;
}

/** A connection to a server: its procedures, its lists page by page, and publishing in one line. */
export interface Vitrine<Failed extends null = never> extends Procedures, PagedLists, ScopedApi<Failed> {
  /** The server's URL, without a slash at the end. */
  readonly url: string;
  /** The version that `daily-report`, `daily-report@3`, `daily-report@production` or an id refers to. NOT_FOUND. */
  read(reference: string): Promise<ArtifactDetail>;
  readonly changes: {
    /**
     * Yields a message for every change, whoever made it: all changes, or those of up to 100 `keys`. The first is
     * `resync`, and so is the first after an interruption: anything may have changed.
     */
    watch(input?: ChangesWatch, options?: { signal?: AbortSignal | undefined }): AsyncGenerator<ChangeMessage, void>;
  };
}

export interface Connect {
  (options: ConnectOptions & { onError: Exclude<OnError, "throw"> }): Vitrine<null>;
  (options?: ConnectOptions & { onError?: "throw" | undefined }): Vitrine;
}

/** Creates `connect` for a platform; connections to one URL share the scopes of its tracker. */
export function createConnect(trackerFor: (url: string) => ScopeTracker): Connect {
  function connect(options: ConnectOptions & { onError: Exclude<OnError, "throw"> }): Vitrine<null>;
  function connect(options?: ConnectOptions & { onError?: "throw" | undefined }): Vitrine;
  // Nothing resolves to null where errors are thrown, as the second overload says.
  function connect({ onError = "throw", ...rest }: ConnectOptions = {}): Vitrine<null> {
    const options = resolveOptions(rest);
    const scopes = trackerFor(options.url);
    // It is a proxy, whose properties are not listed.
    const all = createProcedures(createTransport(options), options, scopes);
    const procedures = {
      artifact: all.artifact,
      collection: all.collection,
      trash: all.trash,
      flow: all.flow,
      deployment: all.deployment,
      flowRun: all.flowRun,
      taskRun: all.taskRun,
      event: all.event,
      view: all.view,
      person: all.person,
      search: all.search,
      apiKey: all.apiKey,
      admin: all.admin,
    };
    const errorPolicy = onError === "throw" ? throwErrors : reportErrors(onError);
    return {
      url: options.url,
      read: (reference) => readReference(procedures, reference),
      changes: { watch: (input = {}, { signal } = {}) => watch(options, input, signal) },
      ...procedures,
      ...pagedLists(procedures),
      ...createScopedApi({ procedures, errorPolicy, scopes, uploader: createUploader(options) }),
    };
  }
  return connect;
}

/** Without a scope, uses the one that the platform tracks. */
function createScopedApi(connection: Connection, scope?: Scope): ScopedApi<null> {
  const parent = () => scope ?? connection.scopes.current();
  const publish = createPublish(connection, scope);
  const createRun = (inner: Scope, id: string | null): Run<null> => ({ ...createScopedApi(connection, inner), id });
  return {
    ...createPublisher(connection, scope),
    key: (key, schema) => createTypedKey(connection.procedures, publish, key, schema),
    run: (options, work) => runFlow(connection, parent(), options, (inner, id) => work(createRun(inner, id))),
    task: (task, work) => {
      const options = typeof task === "string" ? { task } : task;
      return runTask(connection, parent(), options, (inner, id) => work(createRun(inner, id)));
    },
  };
}
