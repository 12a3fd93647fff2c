"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button";

/** A button that opens a non-modal dialog below it, or at the bottom of a small screen. Escape, and a click or focus outside, close it. */
export function Popover({
  button,
  label,
  title,
  align = "left",
  look,
  className,
  children,
}: {
  button: ReactNode;
  label: string;
  title?: string;
  /** The side of the button that the dialog is aligned with. */
  align?: "left" | "right";
  look?: ComponentProps<typeof Button>["look"];
  /** Of the button. */
  className?: string;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const container = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !container.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only handles Escape for its content
    <div ref={container} className="relative" onKeyDown={(event) => event.key === "Escape" && open && close()}>
      <Button
        ref={trigger}
        aria-expanded={open}
        aria-haspopup="dialog"
        look={look}
        className={className}
        title={title}
        onClick={() => (open ? close() : setOpen(true))}
      >
        {button}
      </Button>
      {open && (
        <div
          role="dialog"
          aria-label={label}
          className={`z-30 overflow-hidden rounded-xl border border-edge bg-surface shadow-2xl max-sm:fixed max-sm:inset-x-2 max-sm:bottom-2 sm:absolute sm:top-full sm:mt-1.5 sm:w-96 ${align === "left" ? "sm:left-0" : "sm:right-0"}`}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}
