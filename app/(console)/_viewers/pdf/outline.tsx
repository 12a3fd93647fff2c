import { ScrollRegion } from "#app/_ui/scroll-region";
import type { OutlineEntry } from "./use-outline";

const ENTRY = "block w-full rounded px-2 py-1 text-left text-sm [overflow-wrap:anywhere] hover:bg-hover";

/** The table of contents of a document, whose entries lead to its pages. */
export function Outline({ entries, onGo }: { entries: readonly OutlineEntry[]; onGo: (destination: unknown) => void }) {
  return (
    <ScrollRegion
      label="Contents"
      className="max-h-60 overflow-auto rounded-md border bg-surface p-1 @3xl:max-h-[74vh] @3xl:w-64 @3xl:shrink-0 print:hidden"
    >
      <ul>
        {entries.map(({ title, depth, href, destination }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries may repeat
          <li key={at} style={{ paddingLeft: `${depth * 0.75}rem` }}>
            {href === null ? (
              <button type="button" className={ENTRY} onClick={() => onGo(destination)}>
                {title}
              </button>
            ) : (
              <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={ENTRY}>
                {title}
              </a>
            )}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
