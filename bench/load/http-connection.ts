import { connect } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/**
 * Sends requests over one connection, each after the response to the previous one, until `next` returns undefined.
 * It parses only where a response ends, so that the load costs little beside the servers it measures.
 * @param onResponse called with the status and the duration in milliseconds
 */
export function sendRequests(
  port: number,
  next: () => Buffer | undefined,
  onResponse: (status: number, duration: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let startedAt = 0;
    let response = emptyResponse();

    function send(): void {
      const request = next();
      if (!request) {
        socket.end();
        resolve();
        return;
      }
      response = emptyResponse();
      startedAt = performance.now();
      socket.write(request);
    }

    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("The server closed a connection during a measurement.")));
    socket.on("data", (chunk: Buffer) => {
      response = readHead(response, chunk);
      if (!response.complete) return;
      onResponse(response.status, performance.now() - startedAt);
      send();
    });
  });
}

interface PartialResponse {
  /** Bytes received before the end of the head; empty afterwards. */
  head: Buffer;
  status: number;
  /** Missing bytes of the body; undefined for a chunked body. */
  remaining: number | undefined;
  /** The last bytes of a chunked body. */
  tail: Buffer;
  complete: boolean;
}

function emptyResponse(): PartialResponse {
  return { head: Buffer.alloc(0), status: 0, remaining: undefined, tail: Buffer.alloc(0), complete: false };
}

function readHead(response: PartialResponse, chunk: Buffer): PartialResponse {
  if (response.status > 0) return readBody(response, chunk);
  const head = response.head.length > 0 ? Buffer.concat([response.head, chunk]) : chunk;
  const end = head.indexOf(HEAD_END);
  if (end < 0) return { ...response, head };
  const text = head.toString("latin1", 0, end);
  const status = Number(text.slice(9, 12));
  const length = /\ncontent-length: *(\d+)/i.exec(text)?.[1];
  const remaining = status === 204 ? 0 : length === undefined ? undefined : Number(length);
  return readBody({ ...emptyResponse(), status, remaining }, head.subarray(end + HEAD_END.length));
}

function readBody(response: PartialResponse, chunk: Buffer): PartialResponse {
  if (response.remaining !== undefined) {
    const remaining = response.remaining - chunk.length;
    return { ...response, remaining, complete: remaining <= 0 };
  }
  const joined = Buffer.concat([response.tail, chunk.subarray(-LAST_CHUNK.length)]);
  const tail = joined.subarray(-LAST_CHUNK.length);
  return { ...response, tail, complete: tail.equals(LAST_CHUNK) };
}
