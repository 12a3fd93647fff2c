"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { lazyPart, useLazyPart } from "./popup/lazy-part";
import type { ToastEntry } from "./popup/toast-list";
import { useShortcuts } from "./shortcut";

const LIST = lazyPart(() => import("./popup/toast-list").then(({ ToastList }) => ToastList));

const NONE: ToastEntry[] = [];
const MOST = 3;
/** Milliseconds that a toast without its list is shown. */
const DURATION_WITHOUT_LIST = 8_000;
let current = NONE;
let lastId = 0;
const listeners = new Set<() => void>();

function setToasts(next: ToastEntry[]) {
  current = next;
  for (const each of listeners) each();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Shows a notification for some seconds, with an optional action. It survives navigation. */
export function toast(text: string, options: { tone?: ToastEntry["tone"]; action?: ToastEntry["action"] } = {}) {
  lastId += 1;
  setToasts([...current.slice(1 - MOST), { id: lastId, text, tone: options.tone ?? "plain", action: options.action }]);
}

/** Says that a part of the page could not be fetched. */
export function toastLoadError() {
  toast("Couldn't load this part of the page. Check the connection and try again.", { tone: "danger" });
}

function dismiss(id: number) {
  setToasts(current.filter((each) => each.id !== id));
}

function runAction({ id, action }: ToastEntry) {
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
  useEffect(() => {
    // What a toast reports follows an interaction. Later the server may be out of reach.
    const events = ["pointerdown", "keydown"];
    for (const each of events) addEventListener(each, LIST.prefetch, { once: true });
    return () => {
      for (const each of events) removeEventListener(each, LIST.prefetch);
    };
  }, []);
  const [failed, setFailed] = useState(false);
  const List = useLazyPart(LIST, toasts.length > 0, () => setFailed(true));
  if (List) return <List toasts={toasts} onDismiss={dismiss} onAction={runAction} />;
  return <PlainToasts toasts={failed ? toasts : NONE} />;
}

/** The texts of toasts, where their list cannot be loaded. */
function PlainToasts({ toasts }: { toasts: ToastEntry[] }) {
  const newest = toasts.at(-1)?.id;
  useEffect(() => {
    if (newest === undefined) return;
    const timer = setTimeout(() => setToasts(NONE), DURATION_WITHOUT_LIST);
    return () => clearTimeout(timer);
  }, [newest]);
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="fixed right-4 bottom-4 left-4 z-50 sm:left-auto sm:w-96"
    >
      {toasts.map(({ id, text }) => (
        <p key={id} className="mt-2 rounded-lg border border-edge bg-surface px-3.5 py-2 text-sm shadow-lg">
          {text}
        </p>
      ))}
    </section>
  );
}
