"use client";

import { type ReactNode, type RefObject, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "./button";
import { ReasonField } from "./field";
import { lazyPart, useLazyPart } from "./popup/lazy-part";
import { toastLoadError } from "./toast";

const DIALOG = lazyPart(() => import("./popup/confirm-dialog").then(({ ConfirmDialog }) => ConfirmDialog));

/** Why something is done, as a part of a procedure's input. */
export interface Why {
  reason?: string;
}

interface Props {
  title: string;
  children: ReactNode;
  confirm: string;
  busy?: boolean;
  /** Whether a reason can be given. */
  withReason?: boolean;
  /** What has the focus first, where it is not Cancel. */
  first?: RefObject<HTMLElement | null>;
  onConfirm: (why: Why) => void;
  onClose: () => void;
}

/** Asks before something is done that is hard to undo. Escape and Cancel close it, and the focus returns. */
export function Confirm({ open, ...props }: Props & { open: boolean }) {
  return open && <OpenConfirm {...props} />;
}

function OpenConfirm({ title, children, confirm, busy = false, withReason = false, first, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState("");
  const cancel = useRef<HTMLButtonElement>(null);
  const Dialog = useLazyPart(DIALOG, true, () => {
    onClose();
    toastLoadError();
  });
  if (!Dialog) return null;
  const why = reason.trim();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => onConfirm(why === "" ? {} : { reason: why })}
      reason={withReason && <ReasonField value={reason} onChange={setReason} />}
      first={first ?? cancel}
      actions={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="danger" disabled={busy}>
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
  withReason?: boolean;
  run: (why: Why) => void;
}

let question: Question | null = null;
const listeners = new Set<() => void>();

/** Asks before something is done, where the component that wants it may be unmounted by then. */
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
      withReason={current?.withReason ?? false}
      onConfirm={(why) => {
        close();
        current?.run(why);
      }}
      onClose={close}
    >
      {current?.text}
    </Confirm>
  );
}
