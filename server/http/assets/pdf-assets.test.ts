import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createPdfAssets } from "./pdf-assets";

const folder = mkdtempSync(join(tmpdir(), "pdfjs-"));
mkdirSync(join(folder, "5.0.0", "cmaps"), { recursive: true });
writeFileSync(join(folder, "5.0.0", "pdf.worker.js"), "export {};");
writeFileSync(join(folder, "5.0.0", "pdf.worker.js.br"), "compressed");
writeFileSync(join(folder, "5.0.0", "cmaps", "H.bcmap"), "map");
afterAll(() => rmSync(folder, { recursive: true }));

const assets = createPdfAssets(folder);
const get = (path: string, headers: Record<string, string> = {}) =>
  assets({ path, headers: { get: (name) => headers[name] ?? null, has: () => false, all: () => new Headers() } });

describe("a file of pdf.js", () => {
  it("is sent as the client accepts it, for good, and may not evaluate text as code", () => {
    const response = get("/pdfjs/5.0.0/pdf.worker.js");
    expect(response).toMatchObject({ status: 200, headers: { "content-type": "text/javascript; charset=utf-8" } });
    expect(response?.headers["cache-control"]).toContain("immutable");
    expect(response?.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self' 'wasm-/);
    expect(response?.headers["content-security-policy"]).not.toContain("'unsafe-eval'");
    const compressed = get("/pdfjs/5.0.0/pdf.worker.js", { "accept-encoding": "br" });
    expect(compressed?.headers["content-encoding"]).toBe("br");
    expect(compressed?.body).toEqual(new TextEncoder().encode("compressed"));
    expect(get("/pdfjs/5.0.0/cmaps/H.bcmap")?.body).toEqual(new TextEncoder().encode("map"));
  });

  it.each([
    "",
    "5.0.0",
    "5.0.0/cmaps",
    "5.0.0/pdf.worker.js.br",
    "5.0.0/../5.0.0/pdf.worker.js",
    "4.0.0/pdf.worker.js",
  ])("does not exist as %s", (file) => {
    expect(get(`/pdfjs/${file}`)).toBeNull();
  });
});
