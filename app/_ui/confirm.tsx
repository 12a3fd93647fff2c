"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button";

export function Confirm({
  open,
  title,
  children,
  confirm,
  busy = false,
  onConfirm,
  onClose,
}: {
  open: boolean;
  title: string;
  children: ReactNode;
  confirm: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // There is no attribute for the modal state of a dialog element: it takes method calls.
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-edge bg-surface p-5 text-ink shadow-2xl backdrop:bg-[#000]/40"
    >
      {open && (
        <>
          <h2 id={heading} className="font-semibold text-lg tracking-tight">
            {title}
          </h2>
          <div className="mt-2 text-sm text-soft">{children}</div>
          <div className="mt-5 flex justify-end gap-2">
            {/* Closed by itself, the dialog returns the focus. */}
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <Button look="danger" disabled={busy} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}
