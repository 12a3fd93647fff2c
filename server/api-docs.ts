import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpResponse } from "./http/message";
import { json } from "./http/respond";
import { procedureOpenapi } from "./routers/openapi";

/** Where the build puts the viewer; the same from the sources and from the bundle. */
const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

const PATH = "/api/docs";

const ASSETS: Record<string, string> = {
  "swagger-ui.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
};

const START = `
const isDark = matchMedia("(prefers-color-scheme: dark)");
const setTheme = () => document.documentElement.classList.toggle("dark-mode", isDark.matches);
setTheme();
isDark.addEventListener("change", setTheme);
addEventListener("DOMContentLoaded", () => {
  const of = new URLSearchParams(location.search).get("of") === "procedures" ? "procedures" : "rest";
  document.querySelector("a[href='?of=" + of + "']").setAttribute("aria-current", "page");
  SwaggerUIBundle({
    url: of === "procedures" ? "${PATH}/procedures.json" : "/api/openapi.json",
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    filter: true,
    validatorUrl: null,
  });
});`;

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: Canvas; font: 14px/1.5 system-ui, sans-serif; }
nav { display: flex; gap: 1.25rem; padding: .75rem 1.25rem; border-bottom: 1px solid color-mix(in srgb, CanvasText 15%, Canvas); }
nav a { color: CanvasText; text-decoration: none; opacity: .7; }
nav a[aria-current] { opacity: 1; font-weight: 600; }
nav a:first-child { margin-right: auto; opacity: 1; font-weight: 600; }`;

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API reference · Vitrine</title>
<link rel="stylesheet" href="${PATH}/swagger-ui.css"><style>${STYLE}</style>
<script src="${PATH}/swagger-ui.js"></script><script>${START}</script></head>
<body><nav aria-label="Main"><a href="/artifacts">Vitrine</a><a href="?of=procedures">Procedures</a><a href="?of=rest">REST</a></nav>
<main id="reference"><noscript><p>The reference needs JavaScript; see <a href="/api/openapi.json">openapi.json</a>.</p></noscript></main></body></html>`;

const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The viewer sets styles of its own; it loads nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  `script-src 'self' ${digest(START)}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The methods of a path of the API reference; none for another path. */
export function docsMethods(path: string): string[] {
  const isKnown = path === PATH || path === `${PATH}/procedures.json` || assetOf(path) !== null;
  return isKnown ? ["GET", "HEAD"] : [];
}

/** The API reference, and what its page loads: for a path that has `docsMethods`. */
export async function handleDocs(path: string): Promise<HttpResponse> {
  const asset = assetOf(path);
  if (asset !== null) {
    const headers = { "content-type": ASSETS[asset] ?? "", "cache-control": "private, max-age=3600" };
    return { status: 200, headers, body: await readFile(join(DIST, asset), "utf8") };
  }
  if (path === `${PATH}/procedures.json`) return json(200, procedureOpenapi());
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
  return { status: 200, headers, body: PAGE };
}

function assetOf(path: string): string | null {
  const name = path.startsWith(`${PATH}/`) ? path.slice(PATH.length + 1) : "";
  return Object.hasOwn(ASSETS, name) ? name : null;
}
