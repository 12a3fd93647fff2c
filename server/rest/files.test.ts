import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256Of } from "#test/blobs/blob-folder";
import type { TestServer } from "#test/http-server";
import { type SendRequest, startRestServer } from "#test/rest-server";

let server: TestServer;
let send: SendRequest;
beforeAll(async () => {
  ({ server, send } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

async function upload(text: string) {
  const sha256 = sha256Of(text);
  await server.fetch(`/api/blobs/${sha256}`, { method: "PUT", body: text });
  return { mediaType: "text/plain", size: text.length, sha256 };
}

it("shows files as a link to them, in every list and by id, and publishes them", async () => {
  const content = await upload("of Prefect");
  for (const [key, type, data, link] of [
    ["one", "file", { name: "a [1].txt", ...content }, "a \\[1\\].txt"],
    [
      "several",
      "files",
      {
        files: [
          { path: "a", ...content },
          { path: "b/c", ...content },
        ],
      },
      "2 files",
    ],
  ] as const) {
    const created = await send("POST /artifacts/", { key, type, data });
    expect(created.status).toBe(201);
    const { id } = Object(created.value);
    const shown = { key, type, data: `[${link}](/api/artifacts/${id}/data)` };
    const filter = { artifacts: { key: { any_: [key] } } };
    expect((await send(`GET /artifacts/${id}`)).value).toMatchObject(shown);
    expect((await send(`GET /artifacts/${key}/latest`)).value).toMatchObject(shown);
    expect((await send("POST /artifacts/filter", filter)).value).toMatchObject([shown]);
    expect((await send("POST /artifacts/latest/filter", filter)).value).toMatchObject([shown]);
  }
  const other = await send("POST /artifacts/", { key: "json", type: "json", data: { name: "a", ...content } });
  expect((await send("POST /artifacts/filter", { artifacts: { key: { any_: ["json"] } } })).value).toMatchObject([
    { id: Object(other.value).id, data: { name: "a", ...content } },
  ]);
});

it("refuses files that were not uploaded", async () => {
  const data = { name: "a", mediaType: "a/b", size: 1, sha256: "a".repeat(64) };
  expect((await send("POST /artifacts/", { key: "none", type: "file", data })).status).toBeGreaterThanOrEqual(400);
});
