import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveCompressed } from "./static-files";

const SCRIPT = "console.log('compressed');".repeat(20);
const folder = mkdtempSync(join(tmpdir(), "vitrine-static-"));
const server = createServer();
let url: string;

beforeAll(async () => {
  const chunks = join(folder, ".next", "static", "chunks");
  mkdirSync(chunks, { recursive: true });
  writeFileSync(join(chunks, "a-1.js"), SCRIPT);
  writeFileSync(join(chunks, "a-1.js.br"), brotliCompressSync(SCRIPT));
  writeFileSync(join(chunks, "plain.js"), SCRIPT);
  const serve = serveCompressed(folder);
  server.on("request", (request, response) => {
    if (!serve(request, response)) response.writeHead(404).end("left to Next.js");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/_next/static/chunks`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

it("sends the Brotli file where the client accepts it", async () => {
  for (const accept of ["br", "gzip, deflate, br, zstd", "gzip;q=0.5 , BR; q=0.8"]) {
    const response = await fetch(`${url}/a-1.js?x`, { headers: { "accept-encoding": accept } });
    expect(response.headers.get("content-encoding"), accept).toBe("br");
    expect(await response.text()).toBe(SCRIPT);
    expect(response.headers.get("content-type")).toBe("application/javascript; charset=UTF-8");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("vary")).toBe("accept-encoding");
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'",
    );
  }
});

it("sends no content for HEAD", async () => {
  const response = await fetch(`${url}/a-1.js`, { method: "HEAD", headers: { "accept-encoding": "br" } });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe(String(brotliCompressSync(SCRIPT).length));
});

it("leaves everything else to Next.js", async () => {
  const status = async (path: string, accept: string, method = "GET") =>
    (await fetch(`${url}/${path}`, { method, headers: { "accept-encoding": accept } })).status;
  expect(await status("a-1.js", "gzip")).toBe(404);
  expect(await status("a-1.js", "br;q=0, gzip")).toBe(404);
  expect(await status("a-1.js", "br", "POST")).toBe(404);
  expect(await status("plain.js", "br")).toBe(404);
  expect(await status("../../../package.json", "br")).toBe(404);
});
