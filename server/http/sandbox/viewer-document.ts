import { mediaTypeOf } from "#contract/media-type";
import type { HttpResponse } from "../message";
import { type OwnViewer, ownViewers } from "./own-viewers";

/** Below a link, where the code of the operator's viewers is. A file of a version with such a path is hidden. */
const CODE = /^\.viewer\/([^/]+)\/(.*)$/;

/**
 * The document of a viewer, or a file of its folder; undefined for another path, null for one that does not exist.
 * @param path below a link
 */
export function viewerFile(path: string): HttpResponse | null | undefined {
  const [, name, file] = CODE.exec(path) ?? [];
  if (name === undefined || file === undefined) return undefined;
  const viewer = ownViewers().find(({ manifest }) => manifest.name === name);
  if (!viewer) return null;
  if (file === "") return documentOf(viewer);
  const body = viewer.files.get(file);
  if (!body) return null;
  return { status: 200, headers: { "content-type": mediaTypeOf(file), "cache-control": "private, max-age=300" }, body };
}

function documentOf({ manifest: { name, entry } }: OwnViewer): HttpResponse {
  const src = entry.split("/").map(encodeURIComponent).join("/");
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><style>:root{color-scheme:light dark}html,body{margin:0;background:transparent}</style></head><body><div id="root"></div><script type="module" src="${src}"></script></body></html>`,
  };
}
