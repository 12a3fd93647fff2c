import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createFrames } from "./frames";

const folder = mkdtempSync(join(tmpdir(), "frames-"));
const SCRIPT = 'console.log("chart");';
writeFileSync(join(folder, "chart.ABCD2345.js"), SCRIPT);
writeFileSync(join(folder, "chart.ABCD2345.js.br"), brotliCompressSync(SCRIPT));
writeFileSync(join(folder, "part-WXYZ2345.js"), "export {};");
afterAll(() => rmSync(folder, { recursive: true }));

const frames = createFrames(folder);
const get = (path: string, headers: Record<string, string> = {}) =>
  frames({ path, headers: { get: (name) => headers[name] ?? null, has: () => false, all: () => new Headers() } });

const contentOf = (path: string) => {
  const body = get(path)?.body;
  return body instanceof Uint8Array ? body : new Uint8Array();
};

describe("the document of a frame", () => {
  it("runs its program alone, in an origin of its own", () => {
    const response = get("/frames/chart");
    const policy = response?.headers["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/; sandbox allow-scripts$/);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/unsafe-eval|connect-src|https?:/);
    expect(response?.body).toContain(`nonce="${nonce}" src="/frames/assets/chart.ABCD2345.js"`);
    expect(get("/frames/chart")?.headers["content-security-policy"]).not.toBe(policy);
  });

  it.each(["/frames/part", "/frames/other", "/frames/", "/frames/chart/", "/frames/ch.rt", "/artifacts"])(
    "does not exist at %s",
    (path) => {
      expect(get(path)).toBeNull();
    },
  );
});

describe("a script of a frame", () => {
  it("is sent as the client accepts it, for good", () => {
    const path = "/frames/assets/chart.ABCD2345.js";
    expect(get(path)).toMatchObject({ status: 200, headers: { "access-control-allow-origin": "*" } });
    expect(new TextDecoder().decode(contentOf(path))).toBe(SCRIPT);
    expect(get(path, { "accept-encoding": "gzip, br" })?.headers["content-encoding"]).toBe("br");
    expect(get(path, { "accept-encoding": "gzip" })?.headers["content-encoding"]).toBeUndefined();
    expect(get(path)?.headers["cache-control"]).toContain("immutable");
  });

  it.each(["chart.ABCD2345.js.br", "other.js", "", "../main.js", "..%2fmain.js"])("does not exist as %s", (file) => {
    expect(get(`/frames/assets/${file}`)).toBeNull();
  });
});
