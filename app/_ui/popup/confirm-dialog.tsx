"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode, RefObject } from "react";

/** A question that has to be answered, with the answers as `actions`, one of which submits it. */
export function ConfirmDialog({
  title,
  actions,
  reason,
  first,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  actions: ReactNode;
  /** The field for a reason. */
  reason: ReactNode;
  /** What has the focus first. */
  first: RefObject<HTMLElement | null>;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[#000]/40" />
        <AlertDialog.Popup initialFocus={first} className="modal m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg p-5">
          <AlertDialog.Title className="break-words font-semibold text-lg tracking-tight">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-2 text-sm text-soft">
            {children}
          </AlertDialog.Description>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {reason && <div className="mt-4">{reason}</div>}
            <div className="mt-5 flex justify-end gap-2">{actions}</div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
