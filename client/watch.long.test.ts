import { expect, it } from "vitest";
import { startHttpServer } from "#test/http-server";
import { connect } from "./connect";

it("a client that reads reconnects once after 25 s, and misses nothing", { timeout: 70_000 }, async () => {
  await using server = await startHttpServer();
  const proofs: (string | null)[] = [];
  const counting: typeof fetch = (input, init) => {
    proofs.push(new Headers(init?.headers).get("last-event-id"));
    return fetch(input, init);
  };
  const stop = new AbortController();
  const resyncs: number[] = [];
  const start = performance.now();
  const end = setTimeout(() => stop.abort(), 55_000);
  for await (const { type } of connect({ url: server.origin, fetch: counting }).changes.watch(
    {},
    { signal: stop.signal },
  )) {
    if (type === "resync") resyncs.push(performance.now() - start);
  }
  clearTimeout(end);
  expect(proofs).toEqual([null, expect.stringMatching(/^[\w-]{16}$/)]);
  expect(resyncs).toHaveLength(2);
});
