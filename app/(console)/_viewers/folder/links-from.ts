import { firstShown, type ListedFile } from "#formats/files/file-list";
import type { RelativeLinks } from "../shared/relative-links";
import type { OpenFolder } from "./use-folder";

/** Resolves relative paths; no host can have this name. */
const BASE = "http://here.invalid/";

/** What relative URLs in a file of a folder lead to: other files of it, and of a folder in it what describes that. */
export function linksFrom(
  from: string,
  files: readonly ListedFile[],
  { hrefOf, open }: Pick<OpenFolder, "hrefOf" | "open">,
  urlOf: (path: string) => string,
): RelativeLinks {
  const paths = files.map(({ path }) => path);
  const known = new Set(paths);
  const fileAt = (path: string): string => {
    if (known.has(path)) return path;
    const start = path === "" ? "" : `${path}/`;
    const within = paths.flatMap((each) => (each.startsWith(start) ? each.slice(start.length) : []));
    const first = firstShown(within);
    return first === undefined ? path : start + first;
  };
  return {
    linkOf: (url) => {
      const path = pathFrom(from, url);
      if (path === null) return null;
      return { href: hrefOf(fileAt(path)), open: () => open(fileAt(path)) };
    },
    imageOf: (url) => {
      const path = pathFrom(from, url);
      return path === null ? null : known.has(path) ? urlOf(path) : "";
    },
  };
}

/**
 * The path within a folder that a relative URL in one of its files leads to, without a slash at its end; the folder is the
 * root of paths. Null for a fragment, and for a URL with a scheme or host.
 */
export function pathFrom(file: string, url: string): string | null {
  const written = url.trim();
  if (written === "" || /^(?:[a-z][a-z0-9+.-]*:|\/\/|[#?])/i.test(written)) return null;
  if (!URL.canParse(written, BASE)) return null;
  const base = new URL(file.split("/").map(encodeURIComponent).join("/"), BASE);
  return decoded(new URL(written, base).pathname.slice(1)).replace(/\/+$/, "");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
