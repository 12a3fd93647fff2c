"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { lazyPart, useLazyPart } from "./popup/lazy-part";
import { toastLoadError } from "./toast";

const DIALOG = lazyPart(() => import("./popup/confirm-dialog").then(({ ConfirmDialog }) => ConfirmDialog));

/** Asks before something is done that is hard to undo. Escape and Cancel close it, and the focus returns. */
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
  const Dialog = useLazyPart(DIALOG, open, () => {
    onClose();
    toastLoadError();
  });
  if (!open || !Dialog) return null;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
