"use client";

import { Popover } from "@base-ui/react/popover";
import { type ReactNode, type RefObject, useRef } from "react";

const CONTROLS = "a[href], button, input, select, textarea";

/** The open popover of a button: below it, or at the bottom of a small screen. */
export function PopoverPopup({
  id,
  label,
  anchor,
  align,
  first,
  onClose,
  children,
}: {
  id: string;
  label: string;
  anchor: RefObject<HTMLElement | null>;
  align: "start" | "end";
  /** What has the focus first, where it is not the first control. */
  first: RefObject<HTMLElement | null> | undefined;
  onClose: (event: Event) => void;
  children: ReactNode;
}) {
  const popup = useRef<HTMLDivElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  // While the content is being loaded there is only the hidden button: Tab goes on to the content from the dialog.
  const focusFirst = () =>
    first?.current ?? (popup.current?.querySelector(CONTROLS) !== close.current || popup.current);
  return (
    <Popover.Root open modal={false} onOpenChange={(open, { event }) => !open && onClose(event)}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          // Important, since the position is an inline style.
          className="z-30 max-sm:fixed! max-sm:inset-x-2! max-sm:top-auto! max-sm:bottom-2! max-sm:transform-none! print:hidden"
        >
          <Popover.Popup
            ref={popup}
            id={id}
            initialFocus={focusFirst}
            aria-label={label}
            className="popup max-h-(--available-height) overflow-y-auto rounded-xl border border-edge bg-surface text-ink shadow-2xl outline-none max-sm:max-h-[85dvh] sm:w-96"
          >
            {children}
            {/* The only way out for a screen reader on a phone. Base UI keeps the focus where there is one. */}
            <Popover.Close
              ref={close}
              className="sr-only bg-surface px-2 py-1 text-sm focus-visible:not-sr-only focus-visible:absolute focus-visible:right-2 focus-visible:bottom-2"
            >
              Close
            </Popover.Close>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
