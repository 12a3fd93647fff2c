import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { decompressMembers } from "./gzip-members";

async function read(bytes: Uint8Array<ArrayBuffer>, most = 1_000_000) {
  const parts: Uint8Array[] = [];
  const end = await decompressMembers(bytes, most, { add: (part) => parts.push(part) });
  return { end, text: Buffer.concat(parts).toString() };
}
const joined = (...members: Uint8Array[]) => new Uint8Array(Buffer.concat(members));

it("reads members one after the other, and zeros after the last one", async () => {
  const members = ["a,b\n", "", "1,2\n".repeat(50_000)].map((text) => gzipSync(text));
  const text = `a,b\n${"1,2\n".repeat(50_000)}`;
  expect(await read(joined(...members))).toEqual({ end: "end", text });
  expect(await read(joined(...members, Buffer.alloc(512)))).toEqual({ end: "end", text });
});

it("is not misled by bytes within a member that look like another one", async () => {
  const inner = gzipSync("inner");
  // Stored without compression, so that it is there as it is.
  const outer = gzipSync(joined(Buffer.from("before "), inner, Buffer.from(" after")), { level: 0 });
  const { end, text } = await read(joined(outer, gzipSync("!")));
  expect(end).toBe("end");
  expect(text).toMatch(/^before .* after!$/s);
});

it("ends where there is enough", async () => {
  const { end, text } = await read(joined(gzipSync("a".repeat(100)), gzipSync("b".repeat(100_000))), 150);
  expect(end).toBe("full");
  expect(text).toMatch(/^a{100}b+$/);
});

it.each([
  ["another format", joined(gzipSync("a"), Buffer.from("no gzip"))],
  ["a cut file of one member", joined(gzipSync("b".repeat(1000)).subarray(0, -4))],
  ["a changed byte", joined(gzipSync("bcdefgh", { level: 0 }).map((byte, at) => (at === 16 ? byte ^ 1 : byte)))],
])("finds %s", async (_, bytes) => {
  expect((await read(bytes)).end).toBe("broken");
});

it("tells a last member that is not whole", async () => {
  const cut = joined(gzipSync("a"), gzipSync("b".repeat(1000)).subarray(0, -4));
  expect(await read(cut)).toEqual({ end: "cut", text: "a" });
});

it("tries only so often in a whole file, however many members mislead it", async () => {
  const headers = Buffer.alloc(4 * 60, Buffer.from([0x1f, 0x8b, 8, 0]));
  const member = gzipSync(headers, { level: 0 });
  expect((await read(joined(member))).end).toBe("end");
  expect((await read(joined(member, member, member))).end).toBe("broken");
});

it("inflates only so much in vain", async () => {
  const headers = Buffer.alloc(4 * 90, Buffer.from([0x1f, 0x8b, 8, 0]));
  const member = gzipSync(Buffer.concat([Buffer.alloc(900_000), headers]), { level: 0 });
  expect((await read(joined(member))).end).toBe("broken");
});

it("ends when it is aborted", async () => {
  const aborter = new AbortController();
  const members = joined(...["a", "b", "c"].map((text) => gzipSync(text)));
  const sink = { add: () => aborter.abort(new Error("Ended.")) };
  await expect(decompressMembers(members, 1000, sink, aborter.signal)).rejects.toThrow("Ended.");
});

it("gives up a file made of what looks like members", async () => {
  const headers = Buffer.alloc(1_000_000, Buffer.from([0x1f, 0x8b, 8, 0]));
  const start = performance.now();
  expect((await read(joined(gzipSync(headers, { level: 0 }).subarray(0, -1)))).end).toBe("broken");
  expect(performance.now() - start).toBeLessThan(5_000);
});
