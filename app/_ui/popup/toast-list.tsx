"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";

export interface ToastEntry {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action?: { label: string; run: () => void };
}

/** Milliseconds. */
const DURATION = 5_000;
const DURATION_WITH_ACTION = 12_000;

interface Props {
  toasts: ToastEntry[];
  onDismiss: (id: number) => void;
  onAction: (toast: ToastEntry) => void;
}

/** All toasts, the newest below. Each closes by itself, by a swipe, or by its buttons; F6 focuses them. */
export function ToastList(props: Props) {
  return (
    <Toast.Provider>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-50 flex flex-col-reverse gap-2 sm:left-auto sm:w-96 print:hidden">
          <Items {...props} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Items({ toasts, onDismiss, onAction }: Props) {
  const { toasts: shown, add, close } = Toast.useToastManager();
  const lastAdded = useRef(0);
  useEffect(() => {
    for (const toast of toasts) {
      const { id, text, tone, action } = toast;
      if (id <= lastAdded.current) continue;
      lastAdded.current = id;
      add({
        id: String(id),
        title: text,
        type: tone,
        timeout: action ? DURATION_WITH_ACTION : DURATION,
        actionProps: action && {
          children: action.label,
          title: `${action.label} (z)`,
          onClick: () => onAction(toast),
        },
        onClose: () => onDismiss(id),
      });
    }
  }, [toasts, add, onDismiss, onAction]);
  useEffect(() => {
    const open = new Set(toasts.map(({ id }) => String(id)));
    for (const { id, transitionStatus } of shown) if (!open.has(id) && transitionStatus !== "ending") close(id);
  }, [toasts, shown, close]);
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["down", "right"]}
      className="toast translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) rounded-lg border border-edge bg-surface text-ink text-sm shadow-lg data-limited:hidden"
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-3.5">
        <Toast.Title
          render={<span />}
          className={`min-w-0 flex-1 break-words ${toast.type === "danger" ? "text-danger" : ""}`}
        />
        <Toast.Action className="h-7 rounded px-2 font-medium text-accent hover:bg-hover" />
        <button
          type="button"
          aria-label="Dismiss"
          className="inline-flex size-7 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
          onClick={() => close(toast.id)}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      </Toast.Content>
    </Toast.Root>
  ));
}
