import type { ShownMatch } from "./shown-match";

/**
 * Where the words of a search are, and the text around them with the words marked; in a narrow list, and where it `isShort`, less
 * of what is before.
 */
export function Marked({ match: { place, pieces }, isShort = false }: { match: ShownMatch; isShort?: boolean }) {
  const [before = "", ...rest] = pieces;
  const near = nearEnd(before);
  return (
    <>
      {place !== "" && <bdi className="max-w-[max(50%,calc(100%-8rem))] shrink-0 truncate text-faint">{place}</bdi>}
      <bdi className="min-w-0 truncate">
        {near > 0 && (
          <>
            {!isShort && <span className="@max-3xl:hidden">{before.slice(0, near)}</span>}
            <span aria-hidden className={isShort ? "" : "hidden @max-3xl:inline"}>
              …
            </span>
          </>
        )}
        {before.slice(near)}
        {rest.map((piece, at) =>
          at % 2 === 1 ? (
            piece
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their position
            <mark key={at} className="rounded-sm bg-found px-px text-ink">
              {piece}
            </mark>
          ),
        )}
      </bdi>
    </>
  );
}

/** The last words of a text, of at most eight characters. */
function nearEnd(text: string): number {
  const near = /\s\S.{0,7}$/su.exec(text.slice(-9));
  return text.length <= 9 ? 0 : near ? text.length - near[0].length + 1 : text.length;
}
