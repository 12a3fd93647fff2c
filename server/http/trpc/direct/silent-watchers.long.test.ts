import { connect } from "node:net";
import { expect, it } from "vitest";
import { startHttpServer } from "#test/http-server";

it("sockets that never read lose their streams within 30 s", { timeout: 60_000 }, async () => {
  await using server = await startHttpServer({ trustedProxies: ["127.0.0.1"] });
  const { port } = new URL(server.origin);
  const watch = (address: string) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(
        `GET /api/trpc/changes.watch HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Forwarded-For: ${address}\r\n\r\n`,
      );
    });
    socket.pause().on("error", () => {});
    return socket;
  };
  const sockets = Array.from({ length: 100 }, (_, n) => watch(`203.0.113.${Math.floor(n / 10)}`));
  const open = async () => {
    const close = new AbortController();
    const { status } = await fetch(`${server.origin}/api/trpc/changes.watch`, { signal: close.signal });
    close.abort();
    return status;
  };
  await expect.poll(open, { timeout: 5_000 }).toBe(503);
  const start = performance.now();
  await expect.poll(open, { timeout: 30_000, interval: 250 }).toBe(200);
  expect(performance.now() - start).toBeLessThan(30_000);
  for (const socket of sockets) socket.destroy();
});
