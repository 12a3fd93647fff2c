import type { ChangesWatch, ChangesWord } from "#contract/changes";
import { createCall } from "./call";
import type { Connection } from "./connection";
import { type Mishaps, thrown, told } from "./error-policy";
import { type ConnectOptions, type OnError, type Target, targetOf } from "./options";
import { type Walks, walksOf } from "./pages";
import { type Procedures, proceduresOf } from "./procedures";
import type { Scopes } from "./scope";
import { type Hand, handIn } from "./scoped-api";
import { createTransport } from "./transport";
import { watch } from "./watch";

/**
 * A connection to a Vitrine: the server's procedures, lists to walk, and publishing in one line. `Miss` is what comes
 * back for a publication that failed: never where they throw, null where they are told.
 */
export interface Vitrine<Miss extends null = never> extends Procedures, Walks, Hand<Miss> {
  /** The server's address. */
  readonly url: string;
  readonly changes: {
    /** Tells what changes, in any process: `for await (const word of vitrine.changes.watch({ keys: ["daily-report"] }))`. */
    watch(input?: ChangesWatch, options?: { signal?: AbortSignal | undefined }): AsyncGenerator<ChangesWord, void>;
  };
}

/** Connects; see `connect`. */
export interface Connect {
  (options: ConnectOptions & { onError: Exclude<OnError, "throw"> }): Vitrine<null>;
  (options?: ConnectOptions & { onError?: "throw" | undefined }): Vitrine;
}

/** Makes `connect` for a platform that knows the scope of work in its own way. */
export function connector(scopesAt: (url: string) => Scopes): Connect {
  function connect(options: ConnectOptions & { onError: Exclude<OnError, "throw"> }): Vitrine<null>;
  function connect(options?: ConnectOptions & { onError?: "throw" | undefined }): Vitrine;
  function connect({ onError = "throw", ...options }: ConnectOptions = {}): Vitrine | Vitrine<null> {
    const target = targetOf(options);
    const scopes = scopesAt(target.url);
    return onError === "throw" ? vitrineOf(target, scopes, thrown) : vitrineOf(target, scopes, told(onError));
  }
  return connect;
}

function vitrineOf<Miss extends null>(target: Target, scopes: Scopes, mishaps: Mishaps<Miss>): Vitrine<Miss> {
  const { artifact, collection, trash, flow, deployment, flowRun, taskRun, admin } = proceduresOf(
    createCall(createTransport(target), target, scopes),
  );
  const procedures = { artifact, collection, trash, flow, deployment, flowRun, taskRun, admin };
  const connection: Connection<Miss> = { procedures, mishaps, scopes };
  const changes: Vitrine["changes"] = { watch: (input = {}, { signal } = {}) => watch(target, input, signal) };
  return { url: target.url, changes, ...procedures, ...walksOf(procedures), ...handIn(connection) };
}
