import { withSigns } from "#diff/invisible";
import type { Part } from "#diff/words";

const SIGNS = {
  added: { sign: "+", label: "Added", colour: "text-good" },
  removed: { sign: "−", label: "Removed", colour: "text-danger" },
  changed: { sign: "~", label: "Changed", colour: "text-warn" },
};

/** The background of added and removed lines. */
export const WASH = { added: "bg-good-wash", removed: "bg-danger-wash", changed: "" };

export const LINE_NUMBER = "select-none px-2 text-right align-top text-faint text-xs leading-5 tabular-nums";
export const LINE_TEXT = "whitespace-pre-wrap break-words pr-3 align-top";

/** The sign of a change, so that it does not depend on colour. */
export function ChangeSign({ op }: { op: keyof typeof SIGNS }) {
  const { sign, label, colour } = SIGNS[op];
  return (
    <span className={`font-medium font-mono ${colour}`}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** In characters. Longer text is cut. */
const MAX_TEXT = 4000;

/** A line or value with the words marked that only this side has, and signs for what is invisible in them. */
export function MarkedText({ parts, side }: { parts: Part[]; side: "from" | "to" }) {
  let left = MAX_TEXT;
  return parts.map((part, at) => {
    const text = part.text.slice(0, Math.max(0, left));
    left -= part.text.length;
    if (text === "") return null;
    const ellipsis = text.length < part.text.length ? "…" : "";
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their position
    if (!part.marked) return <span key={at}>{text + ellipsis}</span>;
    return side === "to" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <ins key={at} className="rounded-[3px] bg-good-mark font-medium no-underline">
        {withSigns(text, parts.length === 1) + ellipsis}
      </ins>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <del key={at} className="rounded-[3px] bg-danger-mark font-medium no-underline">
        {withSigns(text, parts.length === 1) + ellipsis}
      </del>
    );
  });
}
