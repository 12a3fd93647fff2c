"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { ageOf, exact, exactInBothZones } from "./timestamp";

const RenderedAt = createContext(0);

/** Provides the server's time of rendering (milliseconds), so that relative times are the same in the browser's first paint. */
export function RenderTime({ at, children }: { at: number; children: ReactNode }) {
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

const subscribers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribeToSeconds(listener: () => void): () => void {
  subscribers.add(listener);
  timer ??= setInterval(() => {
    for (const each of subscribers) each();
  }, 1000);
  return () => {
    subscribers.delete(listener);
    if (subscribers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** For values that only differ between the server and the browser. */
const subscribeToNothing = () => () => {};

/** A text that depends on the current time (milliseconds), updated every second. */
export function useTimedText(textAt: (now: number) => string): string {
  const renderedAt = use(RenderedAt);
  return useSyncExternalStore(
    subscribeToSeconds,
    () => textAt(Date.now()),
    () => textAt(renderedAt),
  );
}

/** How long ago a timestamp was; the title is its exact time, local and UTC. `suffix` follows a span, not a date. */
export function Age({ of: timestamp, suffix = "", className }: { of: string; suffix?: string; className?: string }) {
  const text = useTimedText((now) => ageOf(timestamp, now, suffix));
  const title = useSyncExternalStore(
    subscribeToNothing,
    () => exactInBothZones(timestamp),
    () => exact(timestamp, "UTC"),
  );
  return (
    <time dateTime={timestamp} title={title} className={className}>
      {text}
    </time>
  );
}

/** The exact local time of a timestamp; the title is its UTC time. */
export function Timestamp({ of: timestamp }: { of: string }) {
  const text = useSyncExternalStore(
    subscribeToNothing,
    () => exact(timestamp),
    () => exact(timestamp, "UTC"),
  );
  return (
    <time dateTime={timestamp} title={exact(timestamp, "UTC")}>
      {text}
    </time>
  );
}
