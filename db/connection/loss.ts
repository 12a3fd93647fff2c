/** The code of a connection that delivered nothing for longer than its statement may take. */
export const SILENT = "CONNECTION_SILENT";

/** Errors after which a connection is lost: of the driver and the network, 57Pxx (the server closed it), 25P0x (idle limits), 25006 (it is a standby now). */
const LOST =
  /^(?:CONNECTION_(?:CLOSED|DESTROYED|ENDED|SILENT)|CONNECT_TIMEOUT|ECONNRESET|EPIPE|57P0[0-9]|25P0[34]|25006)$/;

export function isLoss(error: unknown): error is Error {
  return error instanceof Error && "code" in error && LOST.test(String(error.code));
}

export function lossError(code: typeof SILENT | "CONNECTION_CLOSED"): Error {
  const message = code === SILENT ? "the database did not respond in time" : "the connection closed";
  return Object.assign(new Error(message), { code });
}

/**
 * Whether an error shows that a pooler is in between: it rejects time limits that are set at connect, or gave a connection
 * with prepared statements to another client. Nothing was executed.
 */
export function isPoolerError(error: unknown): boolean {
  const isUnprepared = error instanceof Error && "code" in error && error.code === "26000";
  return isUnprepared || rejectsTimeLimits(error);
}

/** Whether a pooler rejected time limits that are set at connect. */
export function rejectsTimeLimits(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/i.test(error.message);
}
