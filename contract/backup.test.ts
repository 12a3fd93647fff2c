import { describe, expect, it } from "vitest";
import { issueOf } from "#test/schema";
import { AdminRestore, RestoreMessage } from "./admin";
import { advance, BackupFrom, bytesOf, NO_PROGRESS, PartHead, Snapshot } from "./backup";
import { MAX_HEAD, partsIn } from "./backup-stream";

const ID = "0198c0de-0000-7000-8000-000000000001";
const OTHER = "0198c0de-0000-7000-8000-000000000002";
const TIME = "2026-11-23T03:45:00Z";
const SUM = "0123456789abcdef".repeat(4);
const SNAPSHOT = { store: "7432109876543210987-16384", seen: "10:20:10,14,15" };
const LATER = { store: "7432109876543210987-16384", seen: "30:30:" };

const HEADS: PartHead[] = [
  { part: "file", format: 1, backup: ID, made: TIME },
  { part: "begin", snapshot: SNAPSHOT, counts: { artifact: 2, flow: 0 } },
  { part: "data", rows: 1, bytes: 3, sum: SUM, last: ID, again: false },
  { part: "caught-up" },
  { part: "rows", rows: 2, bytes: 0, sum: SUM, table: "artifact", columns: ["id"] },
  { part: "end", counts: { artifact: 2 } },
  { part: "seal", sum: SUM },
];

describe("PartHead", () => {
  it.each(HEADS)("accepts $part with its fields and no other", (head) => {
    expect(PartHead.parse(head)).toEqual(head);
    expect(issueOf(PartHead, { ...head, other: 1 })).toMatch("other: is unknown");
    for (const field of Object.keys(head)) {
      const rest = Object.fromEntries(Object.entries(head).filter(([name]) => name !== field));
      expect(issueOf(PartHead, rest)).not.toBeNull();
    }
  });

  it.each<[string, object]>([
    ["another part", { part: "other" }],
    ["another format", { ...HEADS[0], format: 2 }],
    ["a sum that is too short", { part: "seal", sum: SUM.slice(1) }],
    ["a sum that is too long", { part: "seal", sum: `${SUM}0` }],
    ["a sum with other characters", { part: "seal", sum: SUM.toUpperCase() }],
    ["a negative size", { ...HEADS[2], bytes: -1 }],
    ["a broken size", { ...HEADS[2], bytes: 0.5 }],
    ["negative rows", { ...HEADS[2], rows: -1 }],
    ["a negative count", { part: "end", counts: { artifact: -1 } }],
    ["no columns", { ...HEADS[4], columns: [] }],
    ["a column that is not a name", { ...HEADS[4], columns: [1] }],
  ])("rejects %s", (_, head) => {
    expect(issueOf(PartHead, head)).not.toBeNull();
  });
});

describe("Snapshot", () => {
  it.each([
    SNAPSHOT,
    LATER,
    { store: `${"1".repeat(20)}-${"2".repeat(10)}`, seen: `${"1".repeat(20)}:${"2".repeat(20)}:3` },
  ])("accepts %j", (snapshot) => {
    expect(Snapshot.parse(snapshot)).toEqual(snapshot);
    expect(BackupFrom.parse({ ...snapshot, after: ID })).toEqual({ ...snapshot, after: ID });
    expect(issueOf(BackupFrom, snapshot)).toMatch(/^after: /);
    expect(issueOf(Snapshot, { ...snapshot, after: ID })).toMatch(/is unknown/);
  });

  it.each([
    { store: "1-", seen: "1:1:" },
    { store: "-1", seen: "1:1:" },
    { store: "1-2x", seen: "1:1:" },
    { store: "x1-2", seen: "1:1:" },
    { store: `${"1".repeat(21)}-1`, seen: "1:1:" },
    { store: `1-${"1".repeat(11)}`, seen: "1:1:" },
    { store: "1-1", seen: "1:1" },
    { store: "1-1", seen: ":1:" },
    { store: "1-1", seen: "1::" },
    { store: "1-1", seen: "1:1:x" },
    { store: "1-1", seen: "x1:1:" },
    { store: "1-1", seen: `${"1".repeat(21)}:1:` },
    { store: "1-1", seen: `1:${"1".repeat(21)}:` },
    { store: "1-1", seen: "1:1:1'" },
  ])("rejects %j, since it becomes a part of SQL", (snapshot) => {
    expect(issueOf(Snapshot, snapshot)).toMatch(/must match the pattern/);
  });
});

it("bytesOf is the size of the content", () => {
  expect(HEADS.map(bytesOf)).toEqual([0, 0, 3, 0, 0, 0, 0]);
});

it("AdminRestore is the id of a backup", () => {
  expect(AdminRestore.parse({ backup: ID })).toEqual({ backup: ID });
  expect(issueOf(AdminRestore, {})).toMatch(/^backup: /);
  expect(issueOf(AdminRestore, { backup: ID, other: 1 })).toMatch(/is unknown/);
});

it("RestoreMessage is progress, the result or an error", () => {
  const messages = [
    { done: 1, total: 2 },
    { restored: { artifact: 2 }, violations: 0 },
    { error: { code: "CONFLICT", message: "Not empty.", key: "a" } },
  ];
  for (const message of messages) {
    expect(RestoreMessage.parse(message)).toEqual(message);
    expect(issueOf(RestoreMessage, { ...message, other: 1 })).not.toBeNull();
  }
  for (const message of [{}, { done: 1 }, { done: -1, total: 1 }, { error: { code: "CONFLICT" } }, { restored: {} }]) {
    expect(issueOf(RestoreMessage, message)).not.toBeNull();
  }
});

describe("advance", () => {
  const begin: PartHead = { part: "begin", snapshot: SNAPSHOT, counts: {} };
  const data = (last: string, again = false): PartHead => ({ part: "data", rows: 1, bytes: 1, sum: SUM, last, again });
  const run = (...heads: PartHead[]) =>
    heads.reduce((progress, head, at) => advance(progress, head, at + 1), NO_PROGRESS);

  it("starts at the beginning, and keeps nothing before the first data", () => {
    expect(NO_PROGRESS).toEqual({ from: null, end: 0, snapshot: null });
    expect(run(HEADS[0] ?? begin)).toEqual(NO_PROGRESS);
    expect(run(begin)).toEqual({ from: null, end: 0, snapshot: SNAPSHOT });
  });

  it("resumes after the last version, in the state of the first begin", () => {
    expect(run(begin, data(ID))).toEqual({ from: { ...SNAPSHOT, after: ID }, end: 2, snapshot: SNAPSHOT });
    expect(run(begin, data(ID), data(OTHER))).toMatchObject({ from: { ...SNAPSHOT, after: OTHER }, end: 3 });
    const resumed = run(begin, data(ID), { ...begin, snapshot: LATER }, data(OTHER));
    expect(resumed).toEqual({ from: { ...SNAPSHOT, after: OTHER }, end: 4, snapshot: LATER });
  });

  it("keeps versions that were read again, but resumes as before", () => {
    expect(run(begin, data(ID), data(OTHER, true))).toMatchObject({ from: { ...SNAPSHOT, after: ID }, end: 3 });
  });

  it("resumes in the later state once it caught up", () => {
    const heads: PartHead[] = [begin, data(ID), { ...begin, snapshot: LATER }, data(OTHER, true)];
    expect(run(...heads, { part: "caught-up" })).toEqual({ from: { ...LATER, after: ID }, end: 5, snapshot: LATER });
    expect(run(begin, { part: "caught-up" })).toEqual({ from: null, end: 0, snapshot: SNAPSHOT });
    expect(run({ part: "caught-up" })).toEqual(NO_PROGRESS);
  });

  it("does not count rows of tables, nor the end", () => {
    const progress = run(begin, data(ID));
    for (const head of [HEADS[4], HEADS[5], HEADS[6]]) expect(head && advance(progress, head, 9)).toEqual(progress);
  });

  it("keeps data without a state, which it cannot resume after", () => {
    expect(run(data(ID))).toEqual({ from: null, end: 1, snapshot: null });
  });
});

const utf8 = new TextEncoder();

/** A stream of these bytes in chunks of a size. */
async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const file = (heads: PartHead[], content = "abc") =>
  utf8.encode(heads.map((head) => `${JSON.stringify(head)}\n${content.slice(0, bytesOf(head))}`).join(""));

async function read(bytes: Uint8Array, size = 1000) {
  const parts = [];
  for await (const part of partsIn(chunked(bytes, size))) parts.push(part);
  return parts;
}

describe("partsIn", () => {
  it.each([1, 2, 7, 100, 100_000])("reads parts from chunks of %i bytes", async (size) => {
    const bytes = file(HEADS);
    const parts = await read(bytes, size);
    expect(parts.map(({ head }) => head)).toEqual(HEADS);
    expect(parts.map(({ content }) => new TextDecoder().decode(content))).toEqual(["", "", "abc", "", "", "", ""]);
    expect(parts.map(({ line }) => new TextDecoder().decode(line))).toEqual(
      HEADS.map((head) => `${JSON.stringify(head)}\n`),
    );
    expect(parts.at(-1)?.end).toBe(bytes.length);
    const ends = HEADS.map((_, at) => file(HEADS.slice(0, at + 1)).length);
    expect(parts.map(({ end }) => end)).toEqual(ends);
  });

  it("leaves out an incomplete part at the end", async () => {
    const bytes = file(HEADS.slice(0, 3));
    const whole = file(HEADS.slice(0, 2)).length;
    for (let length = whole; length < bytes.length; length += 1) {
      expect(await read(bytes.subarray(0, length))).toHaveLength(2);
    }
    expect(await read(new Uint8Array())).toEqual([]);
  });

  it.each([
    ["other text", "hello\n"],
    ["JSON that is not a head", "{}\n"],
    ["a head of a later format", `${JSON.stringify({ ...HEADS[0], format: 2 })}\n`],
    ["an empty line", "\n"],
    ["a head that is too long", "x".repeat(MAX_HEAD)],
  ])("rejects %s", async (_, text) => {
    await expect(read(utf8.encode(text))).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "Not a Vitrine backup, or made by a newer version.",
    });
  });

  it("rejects a head that is not UTF-8", async () => {
    await expect(read(new Uint8Array([0xff, 0x0a]))).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("accepts a head of 64 KiB with its line end", async () => {
    expect(MAX_HEAD).toBe(65_536);
    const head = (length: number): PartHead => ({
      part: "rows",
      rows: 0,
      bytes: 0,
      sum: SUM,
      table: "x".repeat(length),
      columns: ["a"],
    });
    const rest = JSON.stringify(head(0)).length + 1;
    expect(await read(file([head(MAX_HEAD - rest)]))).toHaveLength(1);
    await expect(read(file([head(MAX_HEAD - rest + 1)]))).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await read(utf8.encode("x".repeat(MAX_HEAD - 1)))).toEqual([]);
  });
});
