import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves one file by ranges, and counts the bytes that it sends. */
export async function serveRanges(bytes: Uint8Array): Promise<{ url: string; sent: () => number; close: () => void }> {
  let sent = 0;
  const server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const part = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1);
    sent += part.length;
    response.writeHead(from === undefined ? 200 : 206).end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  return { url: `http://127.0.0.1:${port}/file`, sent: () => sent, close: () => server.close() };
}
