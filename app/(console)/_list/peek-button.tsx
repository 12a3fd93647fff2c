"use client";

import { PanelRight } from "lucide-react";

/** The look of the peek: over the right side of the list, whose rows stay where they are. */
export const PEEK_PANEL =
  "peek-panel fixed top-17 right-4 bottom-4 z-[9] w-[clamp(26rem,46vw,44rem)] overflow-y-auto rounded-xl border border-edge bg-surface shadow-2xl";

/** Opens and closes the peek at a row; beside a fine pointer it appears on hover and focus. */
export function PeekButton({
  name,
  open,
  onPeek,
  className,
}: {
  name: string;
  open: boolean;
  onPeek: () => void;
  className: string;
}) {
  return (
    <button
      type="button"
      aria-label={`Peek at ${name}`}
      aria-pressed={open}
      title="Peek (Space)"
      onClick={onPeek}
      className={`relative z-[1] inline-flex items-center justify-center rounded-md transition-opacity hover:bg-line hover:text-ink ${className} ${
        open
          ? "text-accent"
          : "text-faint sm:pointer-fine:opacity-0 pointer-fine:focus-visible:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:group-has-focus-visible:opacity-100"
      }`}
    >
      <PanelRight aria-hidden className="size-4" />
    </button>
  );
}
