import { createTRPCClient, httpBatchLink, httpLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppRouter } from "#server/routers/app-router";
import { startHttpServer, type TestServer } from "#test/http-server";

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const created = async (body: string) => (await (await server.post("artifact.create", body)).json()).result.data;

describe("a download", () => {
  it("is the exact JSON text as an attachment, by id and by key and version", async () => {
    const { id } = await created('{"key":"big-table","data":[ 1.0 , 12345678901234567890 ]}');
    for (const path of [`/api/artifacts/${id}/data`, "/api/artifacts/key/big-table/1/data"]) {
      const response = await server.fetch(path);
      expect(await response.text()).toBe("[ 1.0 , 12345678901234567890 ]");
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="big-table-v1.json"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
        "content-security-policy": expect.stringContaining("sandbox"),
      });
    }
  });

  it("of a revision is what the version had before a change", async () => {
    const { id } = await created('{"key":"revised","data":[ 1.0 ]}');
    await server.post("artifact.update", `{"id":"${id}","data":2}`);
    for (const path of [`/api/artifacts/${id}/data`, "/api/artifacts/key/revised/1/data"]) {
      const response = await server.fetch(`${path}?revision=1`);
      expect([response.status, await response.text()]).toEqual([200, "[ 1.0 ]"]);
      expect(response.headers.get("content-disposition")).toContain('filename="revised-v1-before-change-1.json"');
    }
    const statuses = ["2", "0", "x", ""].map(async (revision) => {
      return (await server.fetch(`/api/artifacts/${id}/data?revision=${revision}`)).status;
    });
    expect(await Promise.all(statuses)).toEqual([404, 400, 400, 400]);
  });

  it("of the latest version of a key has the number of that version in its name", async () => {
    await created('{"key":"daily","data":"old"}');
    await created('{"key":"daily","data":"new"}');
    const response = await server.fetch("/api/artifacts/key/daily/latest/data?as=md");
    expect([response.status, await response.text()]).toEqual([200, "new"]);
    expect(response.headers.get("content-disposition")).toContain('filename="daily-v2.md"');
  });

  it("of a key with slashes may escape them, and names a file without", async () => {
    await created('{"key":"of/a.b/c_d","data":"in folders"}');
    for (const key of ["of%2Fa.b%2fc_d", "of/a.b/c_d"]) {
      const response = await server.fetch(`/api/artifacts/key/${key}/latest/data?as=md`);
      expect([response.status, await response.text()]).toEqual([200, "in folders"]);
      expect(response.headers.get("content-disposition")).toContain('filename="of_a.b_c_d-v1.md"');
    }
  });

  it("of a label of a key is the version that it names", async () => {
    await created('{"key":"labelled","data":"old"}');
    await created('{"key":"labelled","data":"new"}');
    await server.post("collection.label", '{"key":"labelled","label":"production","version":1}');
    const response = await server.fetch("/api/artifacts/key/labelled/production/data?as=md");
    expect([response.status, await response.text()]).toEqual([200, "old"]);
    expect(response.headers.get("content-disposition")).toContain('filename="labelled-v1.md"');
    const statuses = ["staging", "Production", "1x"].map(async (label) => {
      return (await server.fetch(`/api/artifacts/key/labelled/${label}/data`)).status;
    });
    expect(await Promise.all(statuses)).toEqual([404, 400, 400]);
  });

  it("of an artifact without a key is named by its id, ignores several ranges, and has no body for HEAD", async () => {
    const { id } = await created('{"data":"<script>"}');
    const response = await server.fetch(`/api/artifacts/${id}/data`, {
      headers: { range: `bytes=${"0-,".repeat(1000)}0-` },
    });
    expect([response.status, await response.text()]).toEqual([200, '"<script>"']);
    expect(response.headers.get("content-disposition")).toContain(`filename="${id}.json"`);
    const head = await server.fetch(`/api/artifacts/${id}/data`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  });

  it.each([
    ["/api/artifacts/018f2f3e-0000-7000-8000-000000000000/data", 404],
    ["/api/artifacts/nope/data", 400],
    ["/api/artifacts/key/nobody/1/data", 404],
    ["/api/artifacts/key/big-table/2/data", 404],
    ["/api/artifacts/key/big-table/01/data", 400],
    ["/api/artifacts/key/nobody/latest/data", 404],
    ["/api/artifacts/key/big-table/Latest/data", 400],
    ["/api/artifacts/key/%D1%80/1/data", 400],
    ["/api/artifacts/key/a%2Fb/1/data", 404],
    ["/api/artifacts/key/a%2F/1/data", 400],
    ["/api/artifacts/key/a%2F%2e%2e/1/data", 400],
    ["/api/artifacts/%2F/data", 400],
    ["/api/artifacts/%2e%2e/data", 400],
    ["/api/artifacts//data", 400],
  ])("of %s is an error with a message", async (path, status) => {
    const response = await server.raw(`GET ${path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(response.slice(response.indexOf("\r\n\r\n")))).toMatchObject({
      code: status === 404 ? "NOT_FOUND" : "BAD_REQUEST",
      message: expect.any(String),
    });
  });

  it.each([
    ["markdown", '"# \\u00e9\\n<script>"', "file", "md", "text/markdown; charset=utf-8", "# é\n<script>"],
    ["other", '"words"', "md", "md", "text/markdown; charset=utf-8", "words"],
    [
      "table",
      '[{"a":1.0,"b":"=x"},{"a":12345678901234567890}]',
      "file",
      "csv",
      "text/csv; charset=utf-8",
      "\ufeffa,b\r\n1.0,'=x\r\n12345678901234567890,\r\n",
    ],
    ["table", '[{"a":1.0,"b":"=x"}]', "exact-csv", "csv", "text/csv; charset=utf-8", "a,b\r\n1.0,=x\r\n"],
    ["image", '"data:image/png;base64,aGk="', "file", "png", "image/png", "hi"],
    ["image", '"data:image/svg+xml,%3Csvg/>é"', "file", "svg", "image/svg+xml", "<svg/>é"],
    ["image", '"data:text/html,<script>"', "file", "json", "application/json", '"data:text/html,<script>"'],
    ["image", '"https://example.org/a.png"', "file", "json", "application/json", '"https://example.org/a.png"'],
    ["markdown", '"\\ud800"', "file", "json", "application/json", '"\\ud800"'],
    ["progress", "4.0", "file", "json", "application/json", "4.0"],
  ])("of type %s with %s as %s has the right media type", async (type, data, format, extension, contentType, text) => {
    const { version } = await created(`{"key":"as-file","type":"${type}","data":${data}}`);
    const response = await server.fetch(`/api/artifacts/key/as-file/${version}/data?as=${format}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": contentType,
      "content-disposition": `attachment; filename="as-file-v${version}.${extension}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
    // text() would leave out a byte order mark.
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(text);
  });

  it("of an embedded image can be shown on a page, and is cached", async () => {
    const { id } = await created('{"type":"image","data":"data:image/svg+xml,%3Csvg/>"}');
    const response = await server.fetch(`/api/artifacts/${id}/data?as=image`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "content-disposition": `inline; filename="${id}.svg"`,
      "cache-control": "private, max-age=86400",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
  });

  it.each([
    ["image", '{"type":"image","data":"https://example.org/a.png"}'],
    ["image", '{"data":"data:image/png;base64,aGk="}'],
    ["csv", '{"key":"no-table","data":1}'],
    ["md", '{"key":"no-text","data":1}'],
    ["html", '{"key":"no-form","data":1}'],
    ["", '{"key":"no-form","data":1}'],
  ])("as %j is rejected for data of another kind", async (format, body) => {
    const { id } = await created(body);
    const response = await server.fetch(`/api/artifacts/${id}/data?as=${format}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { code: "BAD_REQUEST", field: "as", message: expect.stringMatching(/^[A-Z].*\.$/) },
    ]);
  });

  it("of a large table as CSV has all rows", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `[${row},"text ${row}",${row}.50]`).join();
    const { id } = await created(`{"key":"many-rows","type":"table","data":[["n","t","x"],${rows}]}`);
    const response = await server.fetch(`/api/artifacts/${id}/data?as=csv`);
    const lines = (await response.text()).split("\r\n");
    expect([lines.length, lines[0], lines[20_000]]).toEqual([20_002, "n,t,x", "19999,text 19999,19999.50"]);
  });

  it("of a deleted artifact is NOT_FOUND with its key and version", async () => {
    const { id } = await created('{"key":"gone","data":1}');
    await server.post("artifact.remove", `{"id":"${id}"}`);
    const response = await server.fetch(`/api/artifacts/${id}/data`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { code: "NOT_FOUND", key: "gone", version: 1 },
    ]);
  });
});

describe("the official client", () => {
  const batched = () =>
    createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${server.origin}/api/trpc`, maxItems: 20 })] });

  it("publishes, reads and gets errors through batches", async () => {
    const client = batched();
    const created = await Promise.all(
      Array.from({ length: 50 }, (_, data) => client.artifact.create.mutate({ key: "many", data })),
    );
    expect(new Set(created.map(({ version }) => version)).size).toBe(50);
    const read = await Promise.all(created.map(({ id }) => client.artifact.read.query({ id })));
    expect(read.map(({ data }) => data)).toEqual(Array.from({ length: 50 }, (_, data) => data));
    await expect(client.artifact.read.query({ key: "nobody", version: 1 })).rejects.toMatchObject({
      data: { code: "NOT_FOUND", httpStatus: 404 },
    });
  });

  it("reads errors from before tRPC", async () => {
    const client = batched();
    await expect(client.artifact.create.mutate({ data: "x".repeat(3 * 1024 * 1024) })).rejects.toMatchObject({
      data: { code: "PAYLOAD_TOO_LARGE" },
    });
  });

  it("sends a query by POST, with and without input", async () => {
    const client = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${server.origin}/api/trpc`, methodOverride: "POST" })],
    });
    expect(await client.artifact.list.query()).toBeInstanceOf(Array);
    const any = Array.from({ length: 1000 }, (_, index) => `key-${index}`);
    expect(await client.artifact.count.query({ where: { artifacts: { key: { any } } } })).toBe(0);
  });
});
