"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button";

/** A button that opens a box below it, or at the foot of a phone's screen. Escape, a press and a focus elsewhere close it. */
export function Popover({
  button,
  label,
  title,
  children,
}: {
  /** What the button shows; it names it too. */
  button: ReactNode;
  /** What the box is called. */
  label: string;
  title?: string;
  /** What the box holds, given what closes it. */
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !whole.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open in it, wherever the focus is there
    <div ref={whole} className="relative" onKeyDown={(event) => event.key === "Escape" && open && close()}>
      <Button
        ref={opener}
        aria-expanded={open}
        aria-haspopup="dialog"
        title={title}
        onClick={() => (open ? close() : setOpen(true))}
      >
        {button}
      </Button>
      {open && (
        <div
          role="dialog"
          aria-label={label}
          className="z-30 overflow-hidden rounded-xl border border-edge bg-surface shadow-2xl max-sm:fixed max-sm:inset-x-2 max-sm:bottom-2 sm:absolute sm:top-full sm:left-0 sm:mt-1.5 sm:w-96"
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}
