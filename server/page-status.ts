import type { ServerResponse } from "node:http";
import { processSingleton } from "#db/process-singleton";

/** The statuses of pages that are being rendered, by the id of the request. */
const statuses = processSingleton("page-status", () => new Map<string, number>());

/** Sets the status of a page, which says itself what is missing, before its first byte is sent. */
export function setPageStatus(requestId: string, status: number): void {
  if (statuses.has(requestId)) statuses.set(requestId, status);
}

/** Sends a response of Next with the status that its page sets. */
export function applyPageStatus(requestId: string, response: ServerResponse): void {
  statuses.set(requestId, 200);
  response.once("close", () => statuses.delete(requestId));
  const writeHead = response.writeHead.bind(response);
  response.writeHead = (status: number, ...rest: never[]) => {
    const set = statuses.get(requestId) ?? 200;
    return writeHead(status === 200 ? set : status, ...rest);
  };
}
