"use client";

import { MessageSquareText } from "lucide-react";
import { type ComponentProps, type ReactNode, type RefObject, useRef, useState, useSyncExternalStore } from "react";
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
  /** Whether it was opened to give a reason, which has the focus then. */
  reasonFirst?: boolean;
  look?: "danger" | "primary";
  /** What has the focus first, where it is not Cancel. */
  first?: RefObject<HTMLElement | null>;
  onConfirm: (why: Why) => void;
  onClose: () => void;
}

/** Asks before something is done that is hard to undo. Escape and Cancel close it, and the focus returns. */
export function Confirm({ open, ...props }: Props & { open: boolean }) {
  return open && <OpenConfirm {...props} />;
}

function OpenConfirm({
  title,
  children,
  confirm,
  busy = false,
  withReason = false,
  reasonFirst = false,
  look = "danger",
  first,
  onConfirm,
  onClose,
}: Props) {
  const [reason, setReason] = useState("");
  const cancel = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
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
      reason={withReason && <ReasonField ref={field} value={reason} onChange={setReason} />}
      first={first ?? (reasonFirst ? field : cancel)}
      actions={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look={look} disabled={busy}>
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
interface Question extends Pick<Props, "title" | "confirm" | "withReason" | "reasonFirst" | "look"> {
  text: string;
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

/** Asks why something is done, and does it; also without a reason. */
export function requestReason(question: Omit<Question, "withReason" | "reasonFirst">) {
  requestConfirmation({ ...question, withReason: true, reasonFirst: true });
}

/** Asks why before it does what the button beside it does at once. `label` says what, and `what` to which of several. */
export function ReasonButton({
  label,
  what,
  ...rest
}: { label: string; what?: string } & Pick<ComponentProps<typeof Button>, "look" | "disabled" | "onClick">) {
  return (
    <Button {...rest} title={`${label} with a reason…`} className="w-8 px-0!">
      <MessageSquareText aria-hidden className="size-3.5" />
      <span className="sr-only">{[label, what, "with a reason…"].filter(Boolean).join(" ")}</span>
    </Button>
  );
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
      reasonFirst={current?.reasonFirst ?? false}
      look={current?.look ?? "danger"}
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
