"use client";

import { type ReactNode, useSyncExternalStore } from "react";
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

/** Something that is done once it is confirmed. */
interface Question {
  title: string;
  text: string;
  confirm: string;
  run: () => void;
}

let question: Question | null = null;
const listeners = new Set<() => void>();

/** Asks before something is done, where the component that wants it may be gone by then. */
export function requestConfirmation(next: Question | null) {
  question = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The container of what `requestConfirmation` requests, mounted once. */
export function ConfirmHost() {
  const current = useSyncExternalStore(
    subscribe,
    () => question,
    () => null,
  );
  const close = () => requestConfirmation(null);
  return (
    <Confirm
      open={current !== null}
      title={current?.title ?? ""}
      confirm={current?.confirm ?? ""}
      onConfirm={() => {
        close();
        current?.run();
      }}
      onClose={close}
    >
      {current?.text}
    </Confirm>
  );
}
