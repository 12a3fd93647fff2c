import type { HttpRequest, HttpResponse } from "../message";
import { createBuildAssets } from "./build-assets";

const PREFIX = "/pdfjs/";

/** What the worker of pdf.js may do: run its own WebAssembly, and load its own files. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Handles the paths of pdf.js; null for another path. */
export type PdfAssetHandler = (request: Pick<HttpRequest, "path" | "headers">) => HttpResponse | null;

/**
 * Serves pdf.js, which pages load where they show a PDF, with its fonts and tables of characters. The paths have its version.
 * @param folder where the build puts them
 */
export function createPdfAssets(folder: string): PdfAssetHandler {
  const { paths, respond } = createBuildAssets(folder);
  return ({ path, headers }) => {
    const file = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : "";
    if (!paths.has(file) || file.endsWith(".br")) return null;
    return respond(
      file,
      { headers },
      {
        "content-type": typeOf(file),
        "content-security-policy": POLICY,
        "cross-origin-resource-policy": "same-origin",
      },
    );
  };
}

function typeOf(file: string): string {
  if (file.endsWith(".js")) return "text/javascript; charset=utf-8";
  return file.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
}
