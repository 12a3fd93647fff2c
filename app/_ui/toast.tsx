"use client";

import { X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useShortcuts } from "./shortcut";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "danger";
  action?: { label: string; run: () => void };
}

const NONE: Toast[] = [];
const MOST = 3;
/** Milliseconds. */
const DURATION = 5_000;
const DURATION_WITH_ACTION = 12_000;
let current = NONE;
let lastId = 0;
const listeners = new Set<() => void>();

function setToasts(next: Toast[]) {
  current = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Shows a notification for some seconds, with an optional action. It survives navigation. */
export function toast(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"] } = {}) {
  lastId += 1;
  setToasts([...current.slice(1 - MOST), { id: lastId, text, tone: options.tone ?? "plain", action: options.action }]);
}

function dismiss(id: number) {
  setToasts(current.filter((each) => each.id !== id));
}

function runAction({ id, action }: Toast) {
  dismiss(id);
  action?.run();
}

/** The container of all toasts, mounted once in the outermost layout. `z` runs the last action offered. */
export function Toaster() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => current,
    () => NONE,
  );
  const last = toasts.findLast(({ action }) => action);
  useShortcuts({ z: last?.action && { label: last.action.label, run: () => runAction(last) } }, "Everywhere");
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="fixed right-4 bottom-4 left-4 z-50 sm:left-auto sm:w-96"
    >
      <ol className="flex flex-col gap-2">
        {toasts.map((each) => (
          <ToastItem key={each.id} toast={each} />
        ))}
      </ol>
    </section>
  );
}

function ToastItem({ toast }: { toast: Toast }) {
  const { id, text, tone, action } = toast;
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    if (paused) return;
    const timer = setTimeout(() => dismiss(id), action ? DURATION_WITH_ACTION : DURATION);
    return () => clearTimeout(timer);
  }, [paused, id, action]);

  return (
    <li
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
      className="toast flex items-center gap-2 rounded-lg border border-edge bg-surface py-2 pr-2 pl-3.5 text-sm shadow-lg"
    >
      <span className={`min-w-0 flex-1 break-words ${tone === "danger" ? "text-danger" : ""}`}>{text}</span>
      {action && (
        <button
          type="button"
          className="h-7 rounded px-2 font-medium text-accent hover:bg-hover"
          title={`${action.label} (z)`}
          onClick={() => runAction(toast)}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="inline-flex size-7 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
        onClick={() => dismiss(id)}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
