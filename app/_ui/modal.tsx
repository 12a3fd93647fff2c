"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

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
  const unmounting = useRef(false);
  // There is no attribute for the modal state; closing before the element is removed restores the focus.
  useLayoutEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => {
      // Suspended content unmounts the effect too, and the close event that follows must not call `onClose`.
      unmounting.current = box?.open === true;
      box?.close();
    };
  }, []);
  const handleClose = () => {
    if (!unmounting.current) onClose();
    unmounting.current = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={handleClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={`border border-edge bg-surface p-0 text-ink shadow-2xl backdrop:bg-[#000]/40 ${className}`}
    >
      {children}
    </dialog>
  );
}
