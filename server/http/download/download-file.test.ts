import { expect, test } from "vitest";
import { RawJson } from "#contract/raw-json";
import { matchDownload } from "./download";
import { type File, type Format, toFile } from "./download-file";

const bodyOf = ({ body }: File) => new Response(body instanceof RawJson ? body.text() : body);

/** Exports data: the extension, the media type and the content. */
async function exported(format: Format, type: string | null, json: string): Promise<unknown[]> {
  const file = await toFile(format, type, RawJson.fromText(json));
  return [file.extension, file.type, await bodyOf(file).text()];
}

test.each([
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
  ["image/avif", "avif"],
  ["image/bmp", "bmp"],
  ["image/svg+xml", "svg"],
  ["IMAGE/PNG", "png"],
])("an embedded %s becomes a .%s file", async (type, extension) => {
  expect(await exported("file", "image", `"data:${type};base64,aGk="`)).toEqual([extension, type.toLowerCase(), "hi"]);
  expect(await exported("file", "image", `"data:${type};charset=utf-8;base64,aGk="`)).toEqual([
    extension,
    type.toLowerCase(),
    "hi",
  ]);
  expect(await exported("file", "image", `"data:${type},%68%69%2C+"`)).toEqual([extension, type.toLowerCase(), "hi,+"]);
});

test.each([
  '"data:image/tiff;base64,aGk="',
  '"data:text/plain,hi"',
  '"xdata:image/png,hi"',
  '"data:image/png;base64"',
  '"https://example.org/a.png"',
  `"data:image/png;${"x".repeat(200)},hi"`,
  "1",
  '["data:image/png,hi"]',
])("an image of %s is exported as JSON", async (json) => {
  expect(await exported("file", "image", json)).toEqual(["json", "application/json", json]);
});

test("percent escapes are bytes, which need not be UTF-8", async () => {
  const file = await toFile("file", "image", RawJson.fromText('"data:image/png,%ff%00%C3%A9é%zz"'));
  const bytes = new Uint8Array(await bodyOf(file).arrayBuffer());
  expect([...bytes]).toEqual([0xff, 0x00, 0xc3, 0xa9, 0xc3, 0xa9, ...Buffer.from("%zz")]);
});

test("only the type of an artifact decides what its usual file is", async () => {
  for (const type of ["other", null]) {
    for (const json of ['"data:image/png,hi"', '[{"a":1}]']) {
      expect(await exported("file", type, json)).toEqual(["json", "application/json", json]);
    }
  }
  expect(await exported("file", "table", "1")).toEqual(["json", "application/json", "1"]);
  expect(await exported("json", "markdown", '"# hi"')).toEqual(["json", "application/json", '"# hi"']);
});

test("data of another kind is rejected with the reason", async () => {
  const rejected = (reason: string) => ({
    code: "BAD_REQUEST",
    message: `Cannot export as ${reason}.`,
    details: { field: "as" },
  });
  await expect(exported("md", null, "1")).rejects.toMatchObject(rejected("Markdown: the data is not a string"));
  for (const format of ["csv", "exact-csv"] as const) {
    await expect(exported(format, null, "1")).rejects.toMatchObject(rejected("CSV: the data is not a table"));
  }
});

test("the path of a download names an id, or a key and a version", () => {
  expect(matchDownload("/api/artifacts/a%20b/data")).toEqual({ id: "a b" });
  expect(matchDownload("/api/artifacts/key/a%20b/12/data")).toEqual({ key: "a b", version: 12 });
  for (const key of ["a%2Fb", "a/b"]) {
    expect(matchDownload(`/api/artifacts/key/${key}/production/data`)).toEqual({
      latestOf: "a/b",
      label: "production",
    });
    expect(matchDownload(`/api/artifacts/key/${key}/1/data/2/data`)).toEqual({ key: "a/b/1/data", version: 2 });
  }
  for (const version of ["0", "01", "Latest", "-1", "1x", "x_1", "1".repeat(16)]) {
    expect(matchDownload(`/api/artifacts/key/k/${version}/data`)).toEqual({ key: "k", version: 0 });
  }
  for (const path of [
    "/api/artifacts/a/b/data",
    "/x/api/artifacts/a/data",
    "/api/artifacts/a/data/x",
    "/x/api/artifacts/key/k/1/data",
    "/api/artifacts/key/k/1/data/x",
    "/api/artifacts/a",
  ]) {
    expect(matchDownload(path)).toBe(null);
  }
});
