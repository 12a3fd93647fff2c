import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { Artifact } from "#contract/artifact";
import { type Caller, callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Call, linearizable } from "#test/linearizability";
import { doctor } from "./admin";

/** One step of a client: a verb and, if it needs one, the version it acts on. */
const step = fc.record({
  verb: fc.constantFrom(
    ...(["create", "create", "createIfChanged", "makeLatest", "update", "remove", "remove", "restore"] as const),
    ...(["removeAll", "latest", "list", "label", "label", "unlabel", "removeForced", "labelled"] as const),
  ),
  which: fc.nat(5),
});
type Step = { verb: Call["verb"]; which: number };

/** Three clients of up to four steps each, all on one key. */
const program = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 3 });

const KEYS_AT_ONCE = 8;
const PROGRAMS = 304 * inject("runs");

const fresh = await databaseOfFile();
const call = callerOn(fresh);
/** Of two servers on one database. */
const callers = [call, callerOn(fresh.connect())];

/** Runs a program on a new key that has two versions, and returns its history. */
async function history(key: string, clients: Step[][]): Promise<Call[]> {
  const calls: Call[] = [];
  const known: Artifact[] = [];
  let clock = 0;
  const perform = async ({ verb, which }: Step, client: number) => {
    const subject = known[which % Math.max(known.length, 1)];
    const called = clock++;
    // Few texts, so that one of them is often the latest.
    const text = verb === "createIfChanged" ? `same-${which % 2}` : `${verb}-${called}`;
    const { result, version } = await callVerb(callers[client % 2] ?? call, key, verb, subject, text, known);
    calls.push({ verb, version, text, result, called, resolvedAt: clock++ });
  };
  for (let i = 0; i < 2; i++) await perform({ verb: "create", which: 0 }, 0);
  await Promise.all(
    clients.map(async (steps, client) => {
      for (const each of steps) await perform(each, client);
    }),
  );
  for (const verb of ["latest", "list", "labelled"] as const) await perform({ verb, which: 0 }, 1);
  return calls;
}

async function callVerb(
  call: Caller,
  key: string,
  verb: Call["verb"],
  subject: Artifact | undefined,
  text: string,
  known: Artifact[],
): Promise<{ result: unknown; version?: number }> {
  const id = subject?.id ?? "";
  const version = subject?.version ?? 0;
  const seen = (row: { version: number | null; description: string | null }) => [row.version, row.description];
  switch (verb) {
    case "create": {
      const row = await call.artifact.create({ key, description: text });
      known.push(row);
      return { result: row.version };
    }
    case "createIfChanged": {
      const { unchanged = false, ...row } = await call.artifact.create({ key, description: text, ifChanged: true });
      if (!unchanged) known.push(row);
      return { result: [row.version, unchanged] };
    }
    case "makeLatest": {
      const copying = call.artifact.makeLatest({ id });
      const result = await orNull(copying, ({ unchanged = false, ...row }) => {
        if (!unchanged) known.push(row);
        return [row.version, unchanged];
      });
      return { version, result };
    }
    case "update":
      return { version, result: await orNull(call.artifact.update({ id, description: text }), () => true) };
    case "removeForced": {
      const removed = call.artifact.remove({ id, force: ["production"] });
      return { version, result: await orNull(removed, ({ latest }) => ({ latest })) };
    }
    case "label":
    case "unlabel": {
      const change = { key, label: "production", version: verb === "label" ? version : null };
      return { version, result: await orNull(call.collection.label(change), ({ previous }) => ({ previous })) };
    }
    case "labelled": {
      const latest = call.collection.latest({ key, label: "production" });
      return { result: await orNull(latest, (row) => row.version) };
    }
    case "remove":
      return { version, result: await orNull(call.artifact.remove({ id }), ({ latest }) => ({ latest })) };
    case "restore":
      return { version, result: await orNull(call.artifact.restore({ id }), () => true) };
    case "removeAll":
      return { result: await orNull(call.collection.remove({ key }), ({ versions }) => versions) };
    case "latest":
      return { result: await orNull(call.collection.latest({ key }), seen) };
    case "list": {
      const rows = await call.artifact.list({ where: { artifacts: { key: { any: [key] } } }, sort: "CREATED_DESC" });
      return { result: rows.map(seen).sort(([a], [b]) => Number(b) - Number(a)) };
    }
  }
}

async function orNull<T>(result: Promise<T>, form: (value: T) => unknown): Promise<unknown> {
  return result.then(form, (error: unknown) => {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") return null;
    if (error instanceof TRPCError && error.code === "CONFLICT") return "labelled";
    throw error;
  });
}

describe("races on a key", () => {
  it(`are linearizable in ${PROGRAMS} random programs of three clients`, {
    timeout: 300_000 * inject("runs"),
  }, async () => {
    let keys = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(program, { minLength: KEYS_AT_ONCE, maxLength: KEYS_AT_ONCE }), async (programs) => {
        const histories = await Promise.all(programs.map((clients) => history(`race-${keys++}`, clients)));
        for (const calls of histories) {
          if (!linearizable(calls)) throw new Error(`no lone client could have seen this:\n${format(calls)}`);
        }
      }),
      { numRuns: PROGRAMS / KEYS_AT_ONCE, endOnFailure: true },
    );
    expect(keys).toBeGreaterThanOrEqual(PROGRAMS);
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("number 100 concurrent creates 1 to 100, in the order of `created`", async () => {
    const rows = await Promise.all(Array.from({ length: 100 }, () => call.artifact.create({ key: "crowd" })));
    const sorted = rows.toSorted((a, b) => Number(a.version) - Number(b.version));
    expect(sorted.map((row) => row.version)).toEqual(rows.map((_, i) => i + 1));
    expect(sorted.map((row) => row.created)).toEqual(sorted.map((row) => row.created).toSorted());
  });

  it("on many keys in opposite orders never deadlock", async () => {
    const ids = [];
    for (let i = 0; i < 20; i++) ids.push((await call.artifact.create({ key: `many-${i}` })).id);
    for (let round = 0; round < 20; round++) {
      const orders = [ids, ids.toReversed(), ids.toSorted()];
      await Promise.all(orders.map((order) => call.artifact.removeMany({ ids: order })));
      await Promise.all(orders.map((order) => call.artifact.restoreMany({ ids: order })));
    }
    expect(await doctor(fresh.db)).toEqual([]);
  });
});

describe("the check itself", () => {
  const at = (called: number, resolvedAt: number, rest: Partial<Call>): Call => ({
    verb: "latest",
    result: null,
    called,
    resolvedAt,
    ...rest,
  });

  it("rejects a latest that misses an earlier create", () => {
    const created = at(0, 1, { verb: "create", text: "a", result: 1 });
    expect(linearizable([created, at(2, 3, { result: [1, "a"] })])).toBe(true);
    expect(linearizable([created, at(2, 3, { result: null })])).toBe(false);
    expect(linearizable([{ ...created, resolvedAt: 4 }, at(2, 3, { result: null })])).toBe(true);
  });
});

function format(calls: Call[]): string {
  return calls.map((each) => JSON.stringify(each)).join("\n");
}
