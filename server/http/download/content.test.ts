import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { sendContent } from "./content";

const TEXT = JSON.stringify("Ålesund ".repeat(500));
const BYTES = Buffer.from(TEXT);
const ROWS = '[{"a":1},{"a":2}]';

let server: TestServer;
const ids = { text: "", table: "", image: "" };
beforeAll(async () => {
  server = await startHttpServer({ maxData: 16 * 1024 * 1024 });
  const publish = async (type: string, data: string) =>
    (await (await server.post("artifact.create", `{"key":"${type}s","type":"${type}","data":${data}}`)).json()).result
      .data.id;
  ids.text = await publish("markdown", TEXT);
  ids.table = await publish("table", ROWS);
  ids.image = await publish("image", '"data:image/png;base64,aGVsbG8="');
});
afterAll(() => server[Symbol.asyncDispose]());

/** Without the headers that `fetch` adds. */
async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    request(`${server.origin}/api/artifacts/${path}`, { method, headers }, async (response) =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }),
    )
      .on("error", reject)
      .end();
  });
}

const tagOf = async (path: string, headers: Record<string, string> = {}) =>
  String((await get(path, headers)).headers.etag);

describe("the entity tag of a download", () => {
  it("is the hash of the content, and gives 304 without a body where it is known", async () => {
    const path = `${ids.text}/data`;
    const tag = await tagOf(path);
    expect(tag).toMatch(/^"[0-9a-f]{64}\.json"$/);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const { status, headers, body } = await get(path, { "if-none-match": known });
      expect([status, headers.etag, headers["content-length"], body.length]).toEqual([304, tag, undefined, 0]);
      expect(headers.vary).toBe("accept-encoding");
      expect((await get(path, { "if-none-match": known }, "HEAD")).status).toBe(304);
    }
    for (const other of ['"x"', tag.replaceAll('"', ""), ""]) {
      expect((await get(path, { "if-none-match": other })).status).toBe(200);
    }
  });

  it("is another one in a coding, by which the content is known too", async () => {
    const path = `${ids.text}/data`;
    const [plain, coded] = [await tagOf(path), await tagOf(path, { "accept-encoding": "br" })];
    expect(coded).toBe(plain.replace(/"$/, '-br"'));
    for (const known of [coded, `"x", W/${coded}`]) {
      const { status, headers } = await get(path, { "if-none-match": known, "accept-encoding": "br" });
      expect([status, headers.etag]).toEqual([304, coded]);
    }
  });

  it("differs between formats, revisions and data, and is the same for equal data", async () => {
    const { id } = await server
      .post("artifact.create", `{"key":"others","data":${ROWS}}`)
      .then((response) => response.json())
      .then(({ result }) => result.data);
    const before = await tagOf(`${id}/data`);
    expect(before).toBe(await tagOf(`${ids.table}/data`));
    expect(await tagOf(`${ids.table}/data?as=csv`)).not.toBe(before);
    await server.post("artifact.update", `{"id":"${id}","data":2}`);
    expect(await tagOf(`${id}/data`)).not.toBe(before);
    expect(await tagOf(`${id}/data?revision=1`)).toBe(before);
  });
});

describe("a range of a download", () => {
  it.each([
    ["bytes=0-9", 0, 9],
    ["bytes=5-", 5, BYTES.length - 1],
    ["bytes=-7", BYTES.length - 7, BYTES.length - 1],
    ["bytes=-999999999", 0, BYTES.length - 1],
    ["BYTES=3-99999999", 3, BYTES.length - 1],
  ])("%s is part of the stored bytes, uncompressed", async (range, from, to) => {
    const { status, headers, body } = await get(`${ids.text}/data`, { range, "accept-encoding": "br" });
    expect([status, headers["content-range"]]).toEqual([206, `bytes ${from}-${to}/${BYTES.length}`]);
    expect(headers).toMatchObject({ "content-length": String(to - from + 1), vary: "accept-encoding" });
    expect(headers["accept-ranges"]).toBe("bytes");
    expect(headers).not.toHaveProperty("content-encoding");
    expect(body.equals(BYTES.subarray(from, to + 1))).toBe(true);
  });

  it.each([`bytes=${BYTES.length}-`, "bytes=99999999-", "bytes=-0"])("%s is outside: 416", async (range) => {
    const { status, headers } = await get(`${ids.text}/data`, { range });
    expect([status, headers["content-range"]]).toEqual([416, `bytes */${BYTES.length}`]);
  });

  it.each(["bytes=5-4", "bytes=-", "bytes=0-1,3-4", "lines=0-1", "bytes=x-1", "0-1"])(
    "%j is ignored",
    async (range) => {
      const { status, body } = await get(`${ids.text}/data`, { range });
      expect([status, body.equals(BYTES)]).toEqual([200, true]);
    },
  );

  it("is sent only while the content is that of If-Range, and only for GET", async () => {
    const path = `${ids.text}/data`;
    const tag = await tagOf(path);
    expect((await get(path, { range: "bytes=0-1", "if-range": tag })).status).toBe(206);
    expect((await get(path, { range: "bytes=0-1", "if-range": '"x"' })).status).toBe(200);
    expect((await get(path, { range: "bytes=0-1", "if-range": "Mon, 30 Nov 2026 00:00:00 GMT" })).status).toBe(200);
    const { status, headers } = await get(path, { range: "bytes=0-1" }, "HEAD");
    expect([status, headers["content-length"]]).toEqual([200, String(BYTES.length)]);
  });

  it("of a large text begins and ends within characters and pieces, and is the same for all who read it at once", async () => {
    const text = JSON.stringify("Ålesund 🏔 ".repeat(500_000));
    const bytes = Buffer.from(text);
    const created = await server.post("artifact.create", `{"key":"large","data":${text}}`);
    const path = `${(await created.json()).result.data.id}/data`;
    const ends = [0, 1, 262_143, 262_144, 262_145, 3_000_001, bytes.length - 1];
    const ranges = ends.flatMap((from) => ends.filter((to) => to >= from).map((to) => [from, to] as const));
    const parts = await Promise.all(ranges.map(([from, to]) => get(path, { range: `bytes=${from}-${to}` })));
    for (const [n, [from, to]] of ranges.entries()) {
      expect([parts[n]?.status, parts[n]?.body.equals(bytes.subarray(from, to + 1))], `${from}-${to}`).toEqual([
        206,
        true,
      ]);
    }
    expect((await get(path)).body.equals(bytes)).toBe(true);
  });

  it("is of the bytes of an image, and there is none of a table as CSV", async () => {
    const image = await get(`${ids.image}/data?as=image`, { range: "bytes=1-3" });
    expect([image.status, image.body.toString()]).toEqual([206, "ell"]);
    const csv = await get(`${ids.table}/data?as=csv`, { range: "bytes=1-3" });
    expect([csv.status, csv.headers["accept-ranges"], csv.body.toString()]).toEqual([
      200,
      undefined,
      "\ufeffa\r\n1\r\n2\r\n",
    ]);
  });

  it("is as long as its header says, for any header", async () => {
    const number = fc.oneof(fc.nat(12), fc.constant(""));
    const header = fc.oneof(
      fc.tuple(number, number).map(([from, to]) => `bytes=${from}-${to}`),
      fc.string(),
    );
    const content = Buffer.from("0123456789");
    await fc.assert(
      fc.asyncProperty(header, async (range) => {
        const { status, headers, body } = await sendContent(
          {
            method: "GET",
            headers: { get: (name) => (name === "range" ? range : null), has: () => true, all: () => new Headers() },
          },
          {
            tag: "x",
            size: content.length,
            open: (part) => (part ? content.subarray(part.from, part.to + 1) : content),
          },
          {},
        );
        expect([200, 206, 416]).toContain(status);
        if (status === 416) return;
        const sent = Buffer.from(await new Response(body).arrayBuffer());
        expect(headers["content-length"]).toBe(String(sent.length));
        const [, from = "0"] = /^bytes (\d+)-/.exec(headers["content-range"] ?? "") ?? [];
        expect(content.subarray(Number(from)).indexOf(sent)).toBe(0);
      }),
      { numRuns: 200 * inject("runs") },
    );
  });
});
