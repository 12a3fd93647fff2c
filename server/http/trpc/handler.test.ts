import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const count = async () => (await (await server.fetch("/api/trpc/artifact.count")).json()).result.data;

async function published(data: string, rest = ""): Promise<string> {
  const response = await server.post("artifact.create", `{"type":"json"${rest},"data":${data}}`);
  return (await response.json()).result.data.id;
}

describe("data", () => {
  it.each([
    ["a big integer", "123456789012345678901234567890"],
    ["the spelling of numbers", "[1.0, 1.10, 1E5, -0, 1e400]"],
    ["order, twins and whitespace", '{ "b":1, "2":1,\n\t"a":1, "a":2 }'],
    ["NUL and lone surrogates", '{"\\u0000":"\\u0000 \\ud800 \\udc00\\ud800"}'],
    ["names that objects have", '{"__proto__":{"x":1},"constructor":1,"toJSON":1,"then":1,"length":-1}'],
    ["any letters", '"é 漢 😀👩‍👩‍👧 \u2028 \u202e e\u0301"'],
    ["null", "null"],
  ])("stays exact: %s", async (_, data) => {
    const id = await published(data);
    const read = await server.fetch(`/api/trpc/artifact.read?input=${encodeURIComponent(JSON.stringify({ id }))}`);
    expect(await read.text()).toContain(`"data":${data}`);
    const download = await server.fetch(`/api/artifacts/${id}/data`);
    expect(await download.text()).toBe(data);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it("is null where it is absent, and stays in an update without it", async () => {
    const id = await published("1.0");
    expect((await server.post("artifact.update", `{"id":"${id}","description":"d"}`)).status).toBe(200);
    expect(await (await server.fetch(`/api/artifacts/${id}/data`)).text()).toBe("1.0");
    await server.post("artifact.update", `{"id":"${id}","data":2.0}`);
    expect(await (await server.fetch(`/api/artifacts/${id}/data`)).text()).toBe("2.0");
  });

  it("stays exact in a batch and a list", async () => {
    const created = await server.post(
      "artifact.create,artifact.create?batch=1",
      '{"0":{"key":"b","data":1.0},"1":{"key":"b","data":[2.0]}}',
    );
    expect(created.status).toBe(200);
    const input = encodeURIComponent('{"where":{"artifacts":{"key":{"any":["b"]}}},"include":["data"]}');
    const text = await (await server.fetch(`/api/trpc/artifact.list?input=${input}`)).text();
    // The calls of a batch run at once, so either may have come first.
    const [one, two] = (await created.json()).map((each: { result: { data: { id: string } } }) => each.result.data.id);
    expect(text).toMatch(new RegExp(`"id":"${one}"[^}]*"data":1\\.0`));
    expect(text).toMatch(new RegExp(`"id":"${two}"[^}]*"data":\\[2\\.0\\]`));
    expect(text).not.toContain("data:");
  });

  it("stays exact in a streamed batch", async () => {
    const id = await published("3.0");
    const response = await server.post("artifact.read?batch=1", `{"0":{"id":"${id}"}}`, {
      "trpc-accept": "application/jsonl",
    });
    expect(await response.text()).toContain('"data":3.0');
  });

  it("above the limit fails its own call of a batch only", async () => {
    const large = JSON.stringify("x".repeat(1024 * 1024));
    const response = await server.post(
      "artifact.create,artifact.create?batch=1",
      `{"0":{"data":${large}},"1":{"data":1}}`,
    );
    const [failed, created] = await response.json();
    expect(failed.error).toMatchObject({
      message: expect.stringContaining("VITRINE_MAX_DATA"),
      data: { code: "PAYLOAD_TOO_LARGE", field: "data" },
    });
    expect(created.result.data.id).toBeTypeOf("string");
    expect(response.status).toBe(207);
  });
});

describe("bodies", () => {
  it.each([
    ["an empty body", "", 400],
    ["null", "null", 400],
    ["a text", '""', 400],
    ["a list", "[]", 400],
    ["a truncated object", '{"key":"a"', 400],
    ["a comma too many", '{"key":"a",}', 400],
    ["single quotes", "{'key':'a'}", 400],
    ["NaN", '{"data":NaN}', 400],
    ["two documents", '{"key":"a"}{"key":"a"}', 400],
    ["hexadecimal", '{"data":0x10}', 400],
    ["a leading zero", '{"data":01}', 400],
    ["an unknown field", '{"kee":"a"}', 400],
    ["a read-only field", '{"version":7}', 400],
    ["a byte order mark", '\ufeff{"key":"a"}', 400],
    ["NUL where it cannot be kept", '{"description":"\\u0000"}', 400],
    ["NUL in the name of metadata", '{"metadata":{"\\u0000":1}}', 400],
    ["a lone surrogate in metadata", '{"metadata":{"a":"\\ud800"}}', 400],
    ["a number beyond doubles in metadata", '{"metadata":{"a":1e400}}', 400],
    ["__proto__ in metadata", '{"metadata":{"__proto__":{"x":1}}}', 400],
    ["depth 201", `{"data":${"[".repeat(201)}${"]".repeat(201)}}`, 400],
    ["depth 100,000", `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
    ["deep metadata", `{"metadata":{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`, 400],
  ])("reject %s without internals, and store nothing", async (_, body, status) => {
    const before = await count();
    const response = await server.post("artifact.create", body);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text).error.data.code).toBe("BAD_REQUEST");
    expect(text).not.toMatch(/stack|node_modules|select |insert /i);
    expect(await count()).toBe(before);
  });

  it("name the invalid field with its path", async () => {
    const response = await server.post("artifact.list", '{"where":{"artifacts":{"id":{"any":["nope"]}}}}');
    expect((await response.json()).error.data.field).toBe("where.artifacts.id.any[0]");
    expect((await (await server.post("artifact.create", '{"kee":1}')).json()).error.data.field).toBe("kee");
    expect((await (await server.post("artifact.read", '{"key":"a","version":0}')).json()).error.data.field).toBe(
      "version",
    );
  });

  it("report the position of invalid JSON", async () => {
    const { error } = await (await server.post("artifact.create", '{"a":1,}')).json();
    expect(error.message).toBe("Invalid JSON at position 7: expected the name of a member.");
  });

  it.each(["\xc3\x28", "\xc0\xaf", "\xff", "\xed\xa0\x80"])("reject bytes that are not UTF-8: %j", async (bytes) => {
    const body = Buffer.from(`{"description":"${bytes}"}`, "latin1");
    const response = await server.post("artifact.create", new Uint8Array(body) as unknown as string);
    expect(await response.text()).toContain("well-formed UTF-8");
    expect(response.status).toBe(400);
  });

  it.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["application/jsonx"],
    ["application/json; charset=utf-7"],
    ["application/json; charset=utf-16"],
    ["multipart/form-data; boundary=x"],
    ["application/octet-stream"],
    [""],
  ])("reject the type %j, and run nothing", async (type) => {
    const before = await count();
    for (const procedure of ["artifact.create", "trash.purge", "artifact.create?batch=1"]) {
      const response = await server.post(procedure, '--x\r\n{"data":1}\r\n--x--', { "content-type": type });
      expect(response.status).toBe(415);
    }
    expect(await count()).toBe(before);
  });

  it.each(["gzip", "br", "gzip, gzip", "zip"])("reject the encoding %s", async (coding) => {
    expect((await server.post("artifact.create", "{}", { "content-encoding": coding })).status).toBe(415);
    expect(
      (await server.post("artifact.create", "{}", { "content-type": "application/json; charset=UTF-8" })).status,
    ).toBe(200);
  });
});
