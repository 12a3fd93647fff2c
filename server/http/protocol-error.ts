import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { VitrineError } from "#contract/error";
import { errorResponse, errorResponseFor, type HttpError } from "./respond";
import { API_HEADERS } from "./security-headers";

/** How long the sender has to read the response, in milliseconds. */
const LINGER = 1_000;

/** What is wrong with a request that Node's parser rejects, by the code of its error. */
const ERRORS: Record<string, HttpError> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    error: new VitrineError("TIMEOUT", "The headers of a request must arrive within 10 s."),
  },
  HPE_HEADER_OVERFLOW: {
    error: new VitrineError("BAD_REQUEST", "The headers of a request must be at most 32 kB."),
    status: 431,
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    error: new VitrineError("PAYLOAD_TOO_LARGE", "The extensions of a chunk must be at most 16 kB."),
  },
};

const MALFORMED: HttpError = {
  error: new VitrineError("BAD_REQUEST", "The request is not well-formed HTTP/1.1."),
};

/**
 * Responds to what Node's parser rejected, in the form of the API, and closes the connection.
 * @param last the response to the last request of the connection; the error is in the body of that, or after it
 */
export function rejectConnection(error: Error & { code?: string }, socket: Duplex, last?: ServerResponse): void {
  // The parser reports each further packet.
  if (socket.writableEnded) return;
  const isInBody = last?.headersSent === false;
  // Bytes in the middle of another response would be taken for part of it.
  const isBetween = isInBody || !last || last.writableFinished;
  if (!socket.writable || error.code === "ECONNRESET" || !isBetween) return void socket.destroy();
  const path = isInBody ? (last.req.url ?? "") : "";
  endWith(socket, errorResponseFor(path)(ERRORS[error.code ?? ""] ?? MALFORMED));
}

const NO_UPGRADE: HttpError = {
  error: new VitrineError("BAD_REQUEST", "Send the request without Upgrade; this path speaks HTTP/1.1 only."),
};

/** Responds to a request for another protocol that is not accepted, and closes its connection. */
export function rejectUpgrade(socket: Duplex, error: HttpError = NO_UPGRADE): void {
  socket.on("error", () => {});
  endWith(socket, errorResponse(error));
}

function endWith(socket: Duplex, { status, headers, body }: ReturnType<typeof errorResponse>): void {
  const content = String(body);
  const all = { ...API_HEADERS, ...headers, "content-length": Buffer.byteLength(content), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`;
  socket.end(head + content);
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once("end", () => socket.destroy()).once("close", () => clearTimeout(timer));
}
