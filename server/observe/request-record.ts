import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { logInfo } from "#server/process/log";
import { routeOf } from "./route";

/** What metrics and the log say about a request: names from the program, never a path, a query or data as sent. */
export interface RequestRecord {
  /** The caller's `x-request-id`, or one made here; sent back, and logged with errors. */
  readonly id: string;
  /** The procedure, or the template of another path: of the REST API, of a page … */
  route: string;
  /** `key:NAME` or an address; empty where the request was answered before that was known. */
  caller: string;
}

/** A request whose response has been sent, or whose connection has closed. */
export interface FinishedRequest {
  record: RequestRecord;
  request: IncomingMessage;
  /** 499 where the client closed the connection before a response. */
  status: number;
  /** Milliseconds until the end of the response. */
  duration: number;
}

/** Ids of other systems that are safe to repeat in a header and in a log. */
const ID = /^[\w.:/+=@-]{1,128}$/;

const PROCESS = randomBytes(6).toString("base64url");
let count = 0;

/** @param sent the request's `x-request-id` */
export function createRecord(path: string, sent: string | null): RequestRecord {
  return { id: sent !== null && ID.test(sent) ? sent : `${PROCESS}-${++count}`, route: routeOf(path), caller: "" };
}

/** Calls `onFinished` at the end of the response. */
export function observe(
  record: RequestRecord,
  request: IncomingMessage,
  response: ServerResponse,
  onFinished: (finished: FinishedRequest) => void,
): void {
  const start = performance.now();
  response.on("close", () => {
    const status = response.headersSent ? response.statusCode : 499;
    onFinished({ record, request, status, duration: performance.now() - start });
  });
}

/** How much each connection had written at the end of its last response. */
const written = new WeakMap<Socket, number>();

/** Writes one line about a request to standard output. */
export function logRequest({ record, request, status, duration }: FinishedRequest): void {
  const { method = "", socket } = request;
  const { id, route, caller } = record;
  const bytes = socket.bytesWritten - (written.get(socket) ?? 0);
  written.set(socket, socket.bytesWritten);
  logInfo("request", { id, method, route, status, ms: Math.round(duration * 100) / 100, bytes, caller });
}
