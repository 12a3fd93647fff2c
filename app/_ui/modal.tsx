"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { Button } from "./button";

/** A modal dialog, for content that is loaded on demand. Escape and a click outside close it, and the focus returns. */
export function Modal({
  label,
  className,
  first,
  onClose,
  children,
}: {
  label: string;
  className: string;
  /** What has the focus first, where it is not the first control. */
  first?: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[#000]/40" />
        {/* A field that a touch focuses would open the keyboard. */}
        <Dialog.Popup
          aria-label={label}
          initialFocus={first && ((interaction) => (interaction === "touch" ? true : first.current))}
          className={`modal ${className}`}
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The last row of a form in a modal dialog: Cancel, and what submits it. */
export function FormButtons({
  onCancel,
  disabled,
  children,
}: {
  onCancel: () => void;
  /** Whether the form cannot be submitted. */
  disabled: boolean;
  children: ReactNode;
}) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" look="primary" disabled={disabled}>
        {children}
      </Button>
    </div>
  );
}
