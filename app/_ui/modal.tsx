"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

/** A box over the page with the platform's own focus trap and Escape; a press beside it closes it. The caller names it. */
export function Modal({
  label,
  className,
  onClose,
  children,
}: {
  label: string;
  className: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const away = useRef(false);
  // The platform's modal state is not an attribute; closed while it still stands, it gives the focus back.
  useLayoutEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => {
      // Also while what is inside is still being loaded; nobody closed it then.
      away.current = box?.open === true;
      box?.close();
    };
  }, []);
  const closed = () => {
    if (!away.current) onClose();
    away.current = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the platform's
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={closed}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={`border border-edge bg-surface p-0 text-ink shadow-2xl backdrop:bg-[#000]/40 ${className}`}
    >
      {children}
    </dialog>
  );
}
