import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createServerFolder } from "#test/server-process";

/** What a request did to the server. */
export interface Effect {
  status: number;
  /** The first characters of the response. */
  start: string;
  /** The size of the response in bytes. */
  received: number;
  /** The whole response. */
  content(): AsyncIterable<Uint8Array>;
  /** How long the event loop stood still at most, in milliseconds. */
  delay: number;
  /** The memory that the process uses afterwards, in bytes. */
  memory: number;
  /** How long the request took, in milliseconds. */
  time: number;
}

export interface MeasuredServer extends AsyncDisposable {
  /** Sends one request, and measures the event loop of the server meanwhile. `body` is sent as JSON unless `type` is another. */
  measure(line: string, body?: readonly Uint8Array[], type?: string): Promise<Effect>;
}

const PROBE = fileURLToPath(new URL("./probe.mjs", import.meta.url));

/** Starts a server in a process of its own, whose event loop is measured. */
export async function startMeasuredServer(env: Record<string, string | undefined>): Promise<MeasuredServer> {
  const here = await createServerFolder(env);
  const socket = join(here.folder, "probe.sock");
  const options = { NODE_OPTIONS: `--import ${pathToFileURL(PROBE)}`, VITRINE_TEST_PROBE: socket };
  const url = await here.start(options).ready;
  const probe = async () => JSON.parse(await text(connect(socket))) as { delay: number; memory: number }; // see probe.mjs
  return {
    async measure(line, body, type = "application/json") {
      await probe();
      const begun = performance.now();
      const response = await send(url, line, body, type);
      const time = performance.now() - begun;
      return { ...response, time, ...(await probe()) };
    },
    [Symbol.asyncDispose]: () => here[Symbol.asyncDispose](),
  };
}

function send(url: string, line: string, body: readonly Uint8Array[] = [], type: string) {
  const [method = "", path = ""] = line.split(" ");
  const length = body.reduce((sum, part) => sum + part.byteLength, 0);
  const headers = body.length > 0 ? { "content-type": type, "content-length": length } : {};
  return new Promise<Pick<Effect, "status" | "start" | "received" | "content">>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers, agent: false }, (response) => {
      let start = "";
      let received = 0;
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => {
        received += chunk.byteLength;
        chunks.push(chunk);
        if (start.length < 500) start += chunk.toString("latin1", 0, 500);
      });
      response.on("end", () => {
        const content = () => Readable.from(chunks);
        resolve({ status: response.statusCode ?? 0, start, received, content });
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    for (const part of body) sent.write(part);
    sent.end();
  });
}
