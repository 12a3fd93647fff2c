import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { acceptedCodings } from "../compression/accept-encoding";
import type { HttpRequest, HttpResponse } from "../message";

/** Files of the build whose names change with their content. */
export interface BuildAssets {
  /** Their paths below the folder, with slashes. */
  paths: ReadonlySet<string>;
  /** One of them, compressed where the request accepts it, to be kept for ever. */
  respond(path: string, request: Pick<HttpRequest, "headers">, headers: Record<string, string>): HttpResponse;
}

/** Lists the files of a folder, which is empty without a build, and keeps in memory what was requested of them. */
export function createBuildAssets(folder: string): BuildAssets {
  const listed = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = listed.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const paths = new Set(files.map((file) => relative(folder, file).replaceAll("\\", "/")));
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const contentOf = (path: string) => {
    const content = contents.get(path) ?? new Uint8Array(readFileSync(join(/* turbopackIgnore: true */ folder, path)));
    contents.set(path, content);
    return content;
  };
  return {
    paths,
    respond(path, request, headers) {
      const compressed = `${path}.br`;
      const codings = acceptedCodings(request.headers.get("accept-encoding") ?? "");
      const accepts = codings.get("br") && paths.has(compressed);
      return {
        status: 200,
        headers: {
          "cache-control": "public, max-age=31536000, immutable",
          "x-content-type-options": "nosniff",
          vary: "accept-encoding",
          ...headers,
          ...(accepts ? { "content-encoding": "br" } : {}),
        },
        body: contentOf(accepts ? compressed : path),
      };
    },
  };
}
