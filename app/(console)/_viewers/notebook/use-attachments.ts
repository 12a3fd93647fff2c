import { use, useMemo } from "react";
import { type RelativeLinks, RelativeLinksContext } from "../shared/relative-links";

/** Stands for `attachment:`, which is no scheme that markdown may have. */
const PREFIX = "./attachment~";

/** The text of a cell whose attached images are found by their names, and its links otherwise by those around it. */
export function useAttachments(
  source: string,
  attachments: Record<string, string>,
): { text: string; links: RelativeLinks | null } {
  const around = use(RelativeLinksContext);
  return useMemo(() => {
    if (Object.keys(attachments).length === 0) return { text: source, links: around };
    return {
      text: source.replace(/(\]\(\s*<?|\bsrc\s*=\s*["']?)attachment:/g, `$1${PREFIX}`),
      links: {
        linkOf: (url) => around?.linkOf(url) ?? null,
        imageOf: (url) => {
          const name = url.startsWith(PREFIX) ? decoded(url.slice(PREFIX.length)) : null;
          if (name !== null) return Object.hasOwn(attachments, name) ? (attachments[name] ?? "") : "";
          return around?.imageOf(url) ?? null;
        },
      },
    };
  }, [source, attachments, around]);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
