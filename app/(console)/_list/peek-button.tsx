"use client";

import { PanelRight } from "lucide-react";

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
