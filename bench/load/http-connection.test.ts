import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { sendRequests } from "./http-connection";

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

/** Starts a server that writes the chunks of one response per request, each in a packet of its own. */
async function serve(responses: string[][], onEnd: (socket: Socket) => void = () => {}): Promise<number> {
  server = createServer({ noDelay: true }, (socket) => {
    let index = 0;
    socket.on("data", async () => {
      const chunks = responses[index++];
      if (!chunks) return onEnd(socket);
      for (const chunk of chunks) await new Promise((resolve) => socket.write(chunk, resolve));
    });
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** The statuses of the responses to `count` requests. */
async function statuses(port: number, count: number): Promise<number[]> {
  const found: number[] = [];
  let sent = 0;
  const next = () => (sent++ < count ? Buffer.from("GET / HTTP/1.1\r\n\r\n") : undefined);
  await sendRequests(port, next, (status, duration) => {
    expect(duration).toBeGreaterThanOrEqual(0);
    found.push(status);
  });
  return found;
}

it("reads responses with a length, in chunks and without a body", async () => {
  const port = await serve([
    ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"],
    ["HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"],
    ["HTTP/1.1 204 No Content\r\n\r\n"],
    ["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"],
  ]);
  expect(await statuses(port, 4)).toEqual([200, 201, 204, 404]);
});

it("reads responses that arrive in pieces", async () => {
  const port = await serve([
    ["HTTP/1.1 200 OK\r\ncontent-len", "gth: 6\r\n\r", "\nbo", "dy", "42"],
    ["HTTP/1.1 500 Error\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbo", "dy\r\n0\r", "\n\r\n"],
  ]);
  expect(await statuses(port, 2)).toEqual([200, 500]);
});

it("rejects when the server closes the connection", async () => {
  const port = await serve([], (socket) => socket.destroy());
  await expect(statuses(port, 1)).rejects.toThrow("The server closed a connection during a measurement.");
});
