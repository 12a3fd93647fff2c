import { randomBytes } from "node:crypto";
import { createBuildAssets } from "../assets/build-assets";
import type { HttpRequest, HttpResponse } from "../message";
import { FRAME_ASSETS } from "../request-guard";

const FRAME = /^\/frames\/([a-z]+)$/;

const STYLE = "html,body{margin:0;background:transparent}";

/** Handles the paths of frames; null for another path. */
export type FrameHandler = (request: Pick<HttpRequest, "path" | "headers">) => HttpResponse | null;

/**
 * Serves the documents in which a viewer runs code of others on data of others, such as Mermaid: in an origin of its own,
 * without any connection, so that nothing reaches the page, the session or another host. The page talks to one by messages.
 * @param folder where the build puts their programs
 */
export function createFrames(folder: string): FrameHandler {
  const { paths, respond } = createBuildAssets(folder);
  return ({ path, headers }) => {
    const program = FRAME.exec(path)?.[1];
    const entry = program && [...paths].find((file) => new RegExp(`^${program}\\.[A-Z0-9]{8}\\.js$`).test(file));
    if (entry) return documentOf(`${FRAME_ASSETS}${entry}`);
    const asset = path.startsWith(FRAME_ASSETS) ? path.slice(FRAME_ASSETS.length) : "";
    if (!asset.endsWith(".js") || !paths.has(asset)) return null;
    return respond(
      asset,
      { headers },
      {
        "content-type": "text/javascript; charset=utf-8",
        // The origin of a frame is no origin at all, and a module is requested as by another site.
        "access-control-allow-origin": "*",
      },
    );
  };
}

function documentOf(script: string): HttpResponse {
  const nonce = randomBytes(18).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-scripts",
  ].join("; ");
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Frame</title><style>${STYLE}</style></head><body><div id="root"></div><script type="module" nonce="${nonce}" src="${script}"></script></body></html>`,
  };
}
