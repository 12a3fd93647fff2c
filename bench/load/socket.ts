import { connect } from "node:net";

/** Told of each answer: its status, and how long it took in milliseconds. */
export type Heard = (status: number, took: number) => void;

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("0\r\n\r\n");

/**
 * Sends requests over one connection, each after the answer to the one before, until there is no next one.
 * It reads no more of an answer than where it ends, so that the load costs little beside the servers it measures.
 */
export function talk(port: number, next: () => Buffer | undefined, heard: Heard): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let begun = 0;
    let answer = nothing();

    function send(): void {
      const request = next();
      if (!request) {
        socket.end();
        resolve();
        return;
      }
      answer = nothing();
      begun = performance.now();
      socket.write(request);
    }

    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("The server closed a connection in the midst of a measurement.")));
    socket.on("data", (chunk: Buffer) => {
      answer = read(answer, chunk);
      if (!answer.whole) return;
      heard(answer.status, performance.now() - begun);
      send();
    });
  });
}

interface Answer {
  /** What came before the end of the head; empty afterwards. */
  head: Buffer;
  status: number;
  /** Bytes of the body that are still to come; undefined: it comes in chunks. */
  left: number | undefined;
  /** The last bytes of a body in chunks. */
  tail: Buffer;
  whole: boolean;
}

function nothing(): Answer {
  return { head: Buffer.alloc(0), status: 0, left: undefined, tail: Buffer.alloc(0), whole: false };
}

function read(answer: Answer, chunk: Buffer): Answer {
  if (answer.status > 0) return body(answer, chunk);
  const head = answer.head.length > 0 ? Buffer.concat([answer.head, chunk]) : chunk;
  const end = head.indexOf(HEAD_END);
  if (end < 0) return { ...answer, head };
  const text = head.toString("latin1", 0, end);
  const status = Number(text.slice(9, 12));
  const length = /\ncontent-length: *(\d+)/i.exec(text)?.[1];
  const left = status === 204 ? 0 : length === undefined ? undefined : Number(length);
  return body({ ...nothing(), status, left }, head.subarray(end + HEAD_END.length));
}

function body(answer: Answer, chunk: Buffer): Answer {
  if (answer.left !== undefined) {
    const left = answer.left - chunk.length;
    return { ...answer, left, whole: left <= 0 };
  }
  const joined = Buffer.concat([answer.tail, chunk.subarray(-LAST_CHUNK.length)]);
  const tail = joined.subarray(-LAST_CHUNK.length);
  return { ...answer, tail, whole: tail.equals(LAST_CHUNK) };
}
