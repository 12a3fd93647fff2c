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
const LIFE = 5_000;
const LIFE_TO_ACT = 12_000;
let shown = NONE;
let last = 0;
const listeners = new Set<() => void>();

function show(next: Toast[]) {
  shown = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Says what just happened, for some seconds, with what can be done about it. It outlives the page that said it. */
export function toast(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"] } = {}) {
  last += 1;
  show([...shown.slice(-2), { id: last, text, tone: options.tone ?? "plain", action: options.action }]);
}

function dismiss(id: number) {
  show(shown.filter((each) => each.id !== id));
}

function act({ id, action }: Toast) {
  dismiss(id);
  action?.run();
}

/** Where toasts appear; once, in the outermost layout. `z` does what the last of them offers. */
export function Toaster() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  );
  const last = toasts.findLast(({ action }) => action);
  useShortcuts({ z: last?.action && { label: last.action.label, run: () => act(last) } }, "Everywhere");
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="fixed right-4 bottom-4 left-4 z-50 sm:left-auto sm:w-96"
    >
      <ol className="flex flex-col gap-2">
        {toasts.map((each) => (
          <Shown key={each.id} toast={each} />
        ))}
      </ol>
    </section>
  );
}

function Shown({ toast }: { toast: Toast }) {
  const { id, text, tone, action } = toast;
  const [held, setHeld] = useState(false);
  // A toast that is being read or reached for stays.
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), action ? LIFE_TO_ACT : LIFE);
    return () => clearTimeout(timer);
  }, [held, id, action]);

  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="toast flex items-center gap-2 rounded-lg border border-edge bg-surface py-2 pr-2 pl-3.5 text-sm shadow-lg"
    >
      <span className={`min-w-0 flex-1 break-words ${tone === "danger" ? "text-danger" : ""}`}>{text}</span>
      {action && (
        <button
          type="button"
          className="h-7 rounded px-2 font-medium text-accent hover:bg-hover"
          title={`${action.label} (z)`}
          onClick={() => act(toast)}
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
