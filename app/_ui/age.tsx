"use client";

import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import { ageOf, exact, exactInBothZones } from "./timestamp";

/** `lead`: how far the browser's clock is ahead of the server's, in milliseconds. */
const Rendered = createContext({ at: 0, lead: 0 });

/** In milliseconds; less may be the time that a page takes to arrive. */
const MIN_LEAD = 10_000;

/**
 * Provides the server's time of rendering (milliseconds), so that relative times are the same in the browser's first paint
 * and do not depend on the browser's clock.
 */
export function RenderTime({ at, children }: { at: number; children: ReactNode }) {
  const [rendered] = useState(() => ({ at, lead: leadOfClock(at) }));
  return <Rendered value={rendered}>{children}</Rendered>;
}

function leadOfClock(renderedAt: number): number {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!navigation || !("responseStart" in navigation)) return 0;
  const receivedAt = Date.now() - performance.now() + Number(navigation.responseStart);
  const lead = receivedAt - renderedAt;
  return Math.abs(lead) < MIN_LEAD ? 0 : lead;
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

/** A text that depends on the current time (milliseconds, by the clock of the server), updated every second. */
export function useTimedText<Text extends string>(textAt: (now: number) => Text): Text {
  const { at, lead } = use(Rendered);
  return useSyncExternalStore(
    subscribeToSeconds,
    () => textAt(Date.now() - lead),
    () => textAt(at),
  );
}

/** How long ago a timestamp was. `suffix` follows a span, not a date. */
export function Age({ of: timestamp, suffix = "", className }: { of: string; suffix?: string; className?: string }) {
  return <TimedText of={timestamp} textAt={(now) => ageOf(timestamp, now, suffix)} className={className} />;
}

/** A timestamp as a text that depends on the current time (milliseconds); the title is its exact time, local and UTC. */
export function TimedText({
  of: timestamp,
  textAt,
  className,
}: {
  of: string;
  textAt: (now: number) => string;
  className?: string;
}) {
  const text = useTimedText(textAt);
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
