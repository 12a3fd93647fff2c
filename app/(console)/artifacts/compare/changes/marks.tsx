import type { Part } from "#diff/words";

const LONGEST = 4000;

/** A line or value with the words marked that the other side has not. What is very long is cut, and says so. */
export function MarkedText({ parts, side }: { parts: Part[]; side: "from" | "to" }) {
  let left = LONGEST;
  return parts.map((part, at) => {
    const text = part.text.slice(0, Math.max(0, left));
    left -= part.text.length;
    if (text === "") return null;
    const ends = text.length < part.text.length ? "…" : "";
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
    if (!part.marked) return <span key={at}>{text + ends}</span>;
    return side === "to" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <ins key={at} className="rounded-[3px] bg-good-mark font-medium no-underline">
        {text + ends}
      </ins>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <del key={at} className="rounded-[3px] bg-danger-mark font-medium no-underline">
        {text + ends}
      </del>
    );
  });
}
