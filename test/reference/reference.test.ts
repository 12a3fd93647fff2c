import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#client/connect";
import { expectStore } from "#server/models/blob";
import { DATABASE_ONLY, setBlobs } from "#server/models/data/blobs";
import { blobFolder } from "#test/blobs/blob-folder";
import { startHttpServer, type TestServer } from "#test/http-server";
import { EXAMPLES } from "./examples";
import { generatedFiles } from "./main";
import { readRouters } from "./read-routers";
import { WHERE_EXAMPLES } from "./where-examples";

it.each(Object.entries(generatedFiles()))("%s is what npm run reference writes", (file, text) => {
  const formatted = execFileSync("node_modules/.bin/biome", ["check", "--write", "--stdin-file-path", file], {
    input: text,
  });
  expect(readFileSync(file, "utf8")).toBe(formatted.toString());
});

describe("an example", () => {
  let server: TestServer;
  let blobs: Awaited<ReturnType<typeof blobFolder>>;
  beforeAll(async () => {
    blobs = await blobFolder();
    setBlobs(blobs);
    server = await startHttpServer({}, { blobs });
    await expectStore(server.db, blobs.store);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    setBlobs(DATABASE_ONLY);
    await blobs[Symbol.asyncDispose]();
  });

  const run = async (source: string) => {
    const { code } = await transform(`export default async (vitrine, console) => {${source}}`, { loader: "ts" });
    const module = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
    await module.default(connect({ url: server.origin, retries: 0 }), { log: () => {}, error: () => {} });
  };

  it.each(readRouters().map(({ path }) => path))("of %s calls it and runs", async (path) => {
    const source = EXAMPLES[path] ?? "";
    expect(source).toContain(`vitrine.${path}`);
    await run(source);
  });

  it.each(WHERE_EXAMPLES)("of a filter runs: $title", async ({ where }) => run(where));

  it("exists for no other procedure", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(
      readRouters()
        .map(({ path }) => path)
        .sort(),
    );
  });
});
