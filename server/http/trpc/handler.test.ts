import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

let door: TestServer;
beforeAll(async () => {
  door = await startHttpServer();
});
afterAll(() => door[Symbol.asyncDispose]());

const count = async () => (await (await door.fetch("/api/trpc/artifact.count")).json()).result.data;

async function published(data: string, rest = ""): Promise<string> {
  const answer = await door.post("artifact.create", `{"type":"json"${rest},"data":${data}}`);
  return (await answer.json()).result.data.id;
}

describe("data through the door", () => {
  test.each([
    ["a big integer", "123456789012345678901234567890"],
    ["the spelling of numbers", "[1.0, 1.10, 1E5, -0, 1e400]"],
    ["order, twins and whitespace", '{ "b":1, "2":1,\n\t"a":1, "a":2 }'],
    ["NUL and lone surrogates", '{"\\u0000":"\\u0000 \\ud800 \\udc00\\ud800"}'],
    ["names that objects have", '{"__proto__":{"x":1},"constructor":1,"toJSON":1,"then":1,"length":-1}'],
    ["any letters", '"é 漢 😀👩‍👩‍👧 \u2028 \u202e e\u0301"'],
    ["null", "null"],
  ])("%s is kept exactly", async (_, data) => {
    const id = await published(data);
    const read = await door.fetch(`/api/trpc/artifact.read?input=${encodeURIComponent(JSON.stringify({ id }))}`);
    expect(await read.text()).toContain(`"data":${data}`);
    const download = await door.fetch(`/api/artifacts/${id}/data`);
    expect(await download.text()).toBe(data);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test("an absent data is null, and an update without data keeps it", async () => {
    const id = await published("1.0");
    expect((await door.post("artifact.update", `{"id":"${id}","description":"d"}`)).status).toBe(200);
    expect(await (await door.fetch(`/api/artifacts/${id}/data`)).text()).toBe("1.0");
    await door.post("artifact.update", `{"id":"${id}","data":2.0}`);
    expect(await (await door.fetch(`/api/artifacts/${id}/data`)).text()).toBe("2.0");
  });

  test("a batch keeps each, and a list gives each its own", async () => {
    const made = await door.post(
      "artifact.create,artifact.create?batch=1",
      '{"0":{"key":"b","data":1.0},"1":{"key":"b","data":[2.0]}}',
    );
    expect(made.status).toBe(200);
    const input = encodeURIComponent('{"where":{"artifacts":{"key":{"any":["b"]}}},"include":["data"]}');
    const text = await (await door.fetch(`/api/trpc/artifact.list?input=${input}`)).text();
    // The calls of a batch run at once, so either may have come first.
    const [one, two] = (await made.json()).map((each: { result: { data: { id: string } } }) => each.result.data.id);
    expect(text).toMatch(new RegExp(`"id":"${one}"[^}]*"data":1\\.0`));
    expect(text).toMatch(new RegExp(`"id":"${two}"[^}]*"data":\\[2\\.0\\]`));
    expect(text).not.toContain("data:");
  });

  test("the streamed form of a batch carries the text too", async () => {
    const id = await published("3.0");
    const answer = await door.post("artifact.read?batch=1", `{"0":{"id":"${id}"}}`, {
      "trpc-accept": "application/jsonl",
    });
    expect(await answer.text()).toContain('"data":3.0');
  });

  test("data beyond the limit is refused by its own call, what lies beside it is not", async () => {
    const large = JSON.stringify("x".repeat(1024 * 1024));
    const answer = await door.post("artifact.create,artifact.create?batch=1", `{"0":{"data":${large}},"1":{"data":1}}`);
    const [refused, made] = await answer.json();
    expect(refused.error).toMatchObject({
      message: expect.stringContaining("VITRINE_MAX_DATA"),
      data: { code: "PAYLOAD_TOO_LARGE", field: "data" },
    });
    expect(made.result.data.id).toBeTypeOf("string");
    expect(answer.status).toBe(207);
  });
});

describe("bodies", () => {
  test.each([
    ["an empty body", "", 400],
    ["null", "null", 400],
    ["a text", '""', 400],
    ["a list", "[]", 400],
    ["a cut one", '{"key":"a"', 400],
    ["a comma too many", '{"key":"a",}', 400],
    ["single quotes", "{'key':'a'}", 400],
    ["NaN", '{"data":NaN}', 400],
    ["two documents", '{"key":"a"}{"key":"a"}', 400],
    ["hexadecimal", '{"data":0x10}', 400],
    ["a leading zero", '{"data":01}', 400],
    ["an unknown field", '{"kee":"a"}', 400],
    ["a field that is ours to give", '{"version":7}', 400],
    ["a byte order mark", '\ufeff{"key":"a"}', 400],
    ["NUL where it cannot be kept", '{"description":"\\u0000"}', 400],
    ["NUL in the name of metadata", '{"metadata":{"\\u0000":1}}', 400],
    ["a lone surrogate in metadata", '{"metadata":{"a":"\\ud800"}}', 400],
    ["a number beyond doubles in metadata", '{"metadata":{"a":1e400}}', 400],
    ["__proto__ in metadata", '{"metadata":{"__proto__":{"x":1}}}', 400],
    ["depth 201", `{"data":${"[".repeat(201)}${"]".repeat(201)}}`, 400],
    ["depth 100,000", `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
    ["deep metadata", `{"metadata":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`, 400],
  ])("%s is refused in our own words, and nothing is stored", async (_, body, status) => {
    const before = await count();
    const answer = await door.post("artifact.create", body);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(JSON.parse(text).error.data.code).toBe("BAD_REQUEST");
    expect(text).not.toMatch(/stack|node_modules|select |insert /i);
    expect(await count()).toBe(before);
  });

  test("a refused field is named with its path", async () => {
    const answer = await door.post("artifact.list", '{"where":{"artifacts":{"id":{"any":["nope"]}}}}');
    expect((await answer.json()).error.data.field).toBe("where.artifacts.id.any[0]");
    expect((await (await door.post("artifact.create", '{"kee":1}')).json()).error.data.field).toBe("kee");
    expect((await (await door.post("artifact.read", '{"key":"a","version":0}')).json()).error.data.field).toBe(
      "version",
    );
  });

  test("broken JSON is refused with its position", async () => {
    const { error } = await (await door.post("artifact.create", '{"a":1,}')).json();
    expect(error.message).toBe("Invalid JSON at position 7: expected the name of a member.");
  });

  test.each(["\xc3\x28", "\xc0\xaf", "\xff", "\xed\xa0\x80"])(
    "bytes that are no UTF-8 are refused: %j",
    async (bytes) => {
      const body = Buffer.from(`{"description":"${bytes}"}`, "latin1");
      const answer = await door.post("artifact.create", new Uint8Array(body) as unknown as string);
      expect(await answer.text()).toContain("well-formed UTF-8");
      expect(answer.status).toBe(400);
    },
  );

  test.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["application/jsonx"],
    ["application/json; charset=utf-7"],
    ["application/json; charset=utf-16"],
    ["multipart/form-data; boundary=x"],
    ["application/octet-stream"],
    [""],
  ])("the type %j is refused, and nothing runs", async (type) => {
    const before = await count();
    for (const procedure of ["artifact.create", "trash.purge", "artifact.create?batch=1"]) {
      const answer = await door.post(procedure, '--x\r\n{"data":1}\r\n--x--', { "content-type": type });
      expect(answer.status).toBe(415);
    }
    expect(await count()).toBe(before);
  });

  test.each(["gzip", "br", "gzip, gzip", "zip"])("a body in %s is refused", async (coding) => {
    expect((await door.post("artifact.create", "{}", { "content-encoding": coding })).status).toBe(415);
    expect(
      (await door.post("artifact.create", "{}", { "content-type": "application/json; charset=UTF-8" })).status,
    ).toBe(200);
  });
});
