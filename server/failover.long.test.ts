import { expect, test } from "vitest";
import { concerns, isResync, openChangeStream } from "#test/change-stream";
import { startReplicated, withoutReplication } from "#test/replication";
import { createServerFolder } from "#test/server-process";

async function create(url: string, key: string): Promise<{ status: number; id: string }> {
  const body = JSON.stringify({ key, data: key });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/trpc/artifact.create`, { method: "POST", headers, body });
  const { result } = (await response.json()) as { result?: { data: { id: string } } }; // the contract's shape
  return { status: response.status, id: result?.data.id ?? "" };
}

const both = ([one, other]: [string, string], target: string) => {
  const url = new URL(one);
  return `postgres://vitrine@${url.host},${new URL(other).host}/vitrine${target}`;
};

test("a standby is refused, alone and as the only host that runs", async ({ skip }) => {
  skip(withoutReplication !== "", withoutReplication);
  await using replicated = await startReplicated();
  await using here = await createServerFolder(process.env);
  const [primary, standby] = replicated.urls;
  await here.start({ DATABASE_URL: primary }).ready;
  for (const [url, sentence] of [
    [standby, /is a standby, or read-only, and takes no writes: name the primary/],
    [`${standby}?target_session_attrs=read-write`, /has no primary that can be reached: its hosts are standbys/],
  ] as const) {
    const { code, stderr } = await here.start({ DATABASE_URL: url }).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  }
  for (const target of ["", "?target_session_attrs=read-write"]) {
    const url = await here.start({ DATABASE_URL: both([standby, primary], target) }).ready;
    expect((await create(url, "found")).status).toBe(200);
  }
  await replicated.killPrimary();
  const { code, stderr } = await here.start({ DATABASE_URL: both(replicated.urls, "") }).ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/ has no primary that can be reached: /)]);
}, 120_000);

test("after a failover the service is back by itself, live updates too, and no acknowledged write is lost", async ({
  skip,
}) => {
  skip(withoutReplication !== "", withoutReplication);
  await using replicated = await startReplicated();
  await using here = await createServerFolder(process.env);
  const DATABASE_URL = both(replicated.urls, "?target_session_attrs=primary");
  const [one, other] = await Promise.all([here.start({ DATABASE_URL }).ready, here.start({ DATABASE_URL }).ready]);
  await using watching = await openChangeStream(other);
  await watching.next(isResync);

  const acknowledged: string[] = [];
  const results: { at: number; status: number }[] = [];
  const sent: Promise<void>[] = [];
  const begun = performance.now();
  const send = async () => {
    const at = performance.now() - begun;
    const { status, id } = await create(one, `k${sent.length % 7}`).catch(() => ({ status: 0, id: "" }));
    results.push({ at, status });
    if (status === 200) acknowledged.push(id);
  };
  const timer = setInterval(() => sent.push(send()), 100);
  using _ = { [Symbol.dispose]: () => clearInterval(timer) };
  const until = (holds: () => boolean) => expect.poll(holds, { timeout: 30_000, interval: 20 }).toBe(true);
  await until(() => acknowledged.length >= 20);
  await replicated.killPrimary();
  await until(() => results.filter(({ status }) => status === 503).length >= 20);
  await replicated.promote();
  const promoted = performance.now() - begun;
  await until(() => results.at(-1)?.status === 200 && (results.at(-1)?.at ?? 0) > promoted);
  const back = performance.now() - begun;
  const soFar = acknowledged.length;
  await until(() => acknowledged.length >= soFar + 20);
  clearInterval(timer);
  await Promise.all(sent);
  const key = "after-the-failover";
  expect((await create(one, key)).status).toBe(200);
  await watching.next(concerns(key));
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set([200, 503]));
  expect(back - promoted).toBeLessThan(5_000);
  for (const id of acknowledged) expect((await fetch(`${other}/api/artifacts/${id}/data`)).status).toBe(200);
}, 120_000);
