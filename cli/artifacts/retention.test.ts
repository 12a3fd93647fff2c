import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Artifact } from "#contract/artifact";
import { artifactRow } from "#test/artifact-row";
import { expired, parseRetention, type Retention } from "./retention";

const NOW = new Date("2026-11-28T12:00:00Z");

describe("parseRetention", () => {
  test.each<[string | undefined, string | undefined, Retention]>([
    ["5", undefined, { keep: 5, since: null }],
    [undefined, "90m", { keep: 1, since: "2026-11-28T10:30:00.000Z" }],
    [undefined, "12h", { keep: 1, since: "2026-11-28T00:00:00.000Z" }],
    [undefined, "30d", { keep: 1, since: "2026-10-29T12:00:00.000Z" }],
    ["20", "2w", { keep: 20, since: "2026-11-14T12:00:00.000Z" }],
    [undefined, "0d", { keep: 1, since: NOW.toISOString() }],
  ])("--keep-last %s --older-than %s", (keepLast, olderThan, retention) => {
    expect(parseRetention(keepLast, olderThan, NOW)).toEqual(retention);
  });

  test.each([
    [undefined, undefined, "Set what to keep"],
    ["0", undefined, 'Invalid --keep-last "0"'],
    ["-1", undefined, 'Invalid --keep-last "-1"'],
    ["1.5", "1d", 'Invalid --keep-last "1.5"'],
    [undefined, "30", 'Invalid --older-than "30"'],
    [undefined, "1y", 'Invalid --older-than "1y"'],
    ["1", "-1d", 'Invalid --older-than "-1d"'],
  ])("rejects --keep-last %s --older-than %s", (keepLast, olderThan, message) => {
    expect(() => parseRetention(keepLast, olderThan, NOW)).toThrow(message);
  });
});

describe("expired", () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

  /** A version created on day `version` of the year. */
  const row = (key: string, version: number): Artifact =>
    artifactRow({ id: `${key}@${version}`, key, version, created: day(version) });

  async function idsOf(rows: Artifact[], retention: Retention): Promise<string[]> {
    async function* stream() {
      yield* rows;
    }
    const ids: string[] = [];
    for await (const { id } of expired(stream(), retention)) ids.push(id);
    return ids;
  }

  test("yields all but the newest versions of each key, in any order of the rows", async () => {
    const rows = [row("a", 2), row("a", 3), row("a", 1), row("b", 1), row("c", 1), row("c", 2)];
    expect(await idsOf(rows, { keep: 1, since: null })).toEqual(["a@2", "a@1", "c@1"]);
    expect(await idsOf(rows, { keep: 2, since: null })).toEqual(["a@1"]);
    expect(await idsOf([], { keep: 1, since: null })).toEqual([]);
  });

  test("keeps versions created at or after `since`", async () => {
    const rows = [row("a", 1), row("a", 2), row("a", 3), row("a", 4)];
    expect(await idsOf(rows, { keep: 1, since: day(2) })).toEqual(["a@1"]);
    expect(await idsOf(rows, { keep: 3, since: day(9) })).toEqual(["a@1"]);
  });

  test("never yields the latest version of a key, and only versions that both rules allow", async () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
    const retention = fc.record({
      keep: fc.integer({ min: 1, max: 5 }),
      since: fc.option(fc.integer({ min: 0, max: 20 }).map(day)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(versions, { maxLength: 4 }), retention, async (keys, { keep, since }) => {
        const rows = keys.flatMap((numbers, i) => numbers.map((version) => row(`key-${i}`, version)));
        const expected = keys.flatMap((numbers, i) =>
          numbers
            .filter((version) => numbers.filter((other) => other > version).length >= keep)
            .filter((version) => since === null || day(version) < since)
            .map((version) => `key-${i}@${version}`),
        );
        const ids = await idsOf(rows, { keep, since });
        expect(ids.sort()).toEqual(expected.sort());
      }),
    );
  });
});
