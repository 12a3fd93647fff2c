"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { ageOf, exact, exactBoth } from "./timestamp";

const RenderedAt = createContext(0);

/** Says at which moment (milliseconds) the server rendered, so that ages read the same there and in the browser's first paint. */
export function RenderTime({ at, children }: { at: number; children: ReactNode }) {
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Of what only differs between the server and the browser. */
const never = () => () => {};

/** One timer for every age on the page. */
function everySecond(tick: () => void): () => void {
  waiting.add(tick);
  timer ??= setInterval(() => {
    for (const each of waiting) each();
  }, 1000);
  return () => {
    waiting.delete(tick);
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago an instant was, kept current; hovering gives the exact time, local and UTC. `suffix` follows a span, not a date. */
export function Age({ of: instant, suffix = "", className }: { of: string; suffix?: string; className?: string }) {
  const at = use(RenderedAt);
  const text = useSyncExternalStore(
    everySecond,
    () => ageOf(instant, Date.now(), suffix),
    () => ageOf(instant, at, suffix),
  );
  const title = useSyncExternalStore(
    never,
    () => exactBoth(instant),
    () => exact(instant, "UTC"),
  );
  return (
    <time dateTime={instant} title={title} className={className}>
      {text}
    </time>
  );
}

/** The exact local time of an instant; hovering gives UTC too. */
export function Timestamp({ of: instant }: { of: string }) {
  const text = useSyncExternalStore(
    never,
    () => exact(instant),
    () => exact(instant, "UTC"),
  );
  return (
    <time dateTime={instant} title={exact(instant, "UTC")}>
      {text}
    </time>
  );
}
