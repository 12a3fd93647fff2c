import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { acceptedCodings } from "./http/compression/accept-encoding";
import { pathOf } from "./http/node";

/** What browsers run of the pages, whose names contain a hash of their content. */
const FOLDER = "/_next/static/chunks/";

const TYPES = { js: "application/javascript; charset=UTF-8", css: "text/css; charset=UTF-8" };

/** What workers may do, which have the policy of their script: load the other scripts, and call this server. */
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

type Serve = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Reads the scripts and styles that the build compressed with Brotli at its best, which Next.js would compress with gzip
 * at every request. The function that is returned responds where it has the file and the client accepts it, and returns
 * whether it did.
 */
export function serveCompressed(dir: string): Serve {
  const files = new Map<string, { type: string; content: Buffer }>();
  const folder = join(dir, ".next", "static", "chunks");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const [, file, extension] = /^(.+\.(js|css))\.br$/.exec(name.replaceAll("\\", "/")) ?? [];
    if (file === undefined || (extension !== "js" && extension !== "css")) continue;
    files.set(`${FOLDER}${file}`, { type: TYPES[extension], content: readFileSync(join(folder, name)) });
  }
  return ({ method, url = "", headers }, response) => {
    if (method !== "GET" && method !== "HEAD") return false;
    const file = files.get(pathOf(url));
    if (!file || !acceptedCodings(String(headers["accept-encoding"] ?? "")).get("br")) return false;
    response.writeHead(200, {
      // That of pages would be half as long as most scripts of a page, and has a nonce, which a cached response can't have.
      "content-security-policy": POLICY,
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.content.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
    response.end(method === "HEAD" ? undefined : file.content);
    return true;
  };
}
