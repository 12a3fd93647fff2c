import { useSyncExternalStore } from "react";

/** In milliseconds, between two attempts to reach the server: the first and the longest pause. */
const PAUSE = { first: 500, longest: 3_000 };

/** After so many milliseconds without an answer an attempt has failed. */
const TIMEOUT = 10_000;

const HEALTH = "/api/health";

/** How often a request is repeated that fails while the server answers others. */
const REPEATS = 3;

let plainFetch: typeof fetch = (input, init) => fetch(input, init);
let returning: Promise<boolean> | undefined;
let reachedAt = Date.now();
let lostAt: number | null = null;
const listeners = new Set<() => void>();

function setLostAt(time: number | null) {
  if (lostAt === time) return;
  lostAt = time;
  for (const each of listeners) each();
}

/** Remembers that what the page shows is current now. */
export function reached(): void {
  reachedAt = Date.now();
}

/**
 * Call it when the server did not answer. Resolves as soon as it does, with whether it took more than one attempt; until
 * then `useLostAt` says since when. All calls share their attempts.
 */
export function serverReturned(): Promise<boolean> {
  returning ??= reach().finally(() => {
    returning = undefined;
    setLostAt(null);
  });
  return returning;
}

/** Resolves at once, or as soon as the server answers again: call it before what cannot be held otherwise, such as a worker. */
export async function reachable(): Promise<void> {
  if (lostAt !== null || !navigator.onLine) await serverReturned();
}

async function reach(): Promise<boolean> {
  for (let pause = PAUSE.first; !(await isHealthy()); pause = Math.min(2 * pause, PAUSE.longest)) {
    setLostAt(lostAt ?? reachedAt);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return lostAt !== null;
}

function isHealthy(): Promise<boolean> {
  return plainFetch(HEALTH, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** The time of the data that the page shows, in milliseconds since the epoch, while the server can't be reached; else null. */
export function useLostAt(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => lostAt,
    () => null,
  );
}

/**
 * A `fetch` that holds reads of the server while it can't be reached: they neither fail, nor make Next load a document
 * that the browser cannot get. Pages arrive whole, so that a connection that breaks halfway is the same.
 */
export function createHoldingFetch(fetchNow: typeof fetch, origin: string): typeof fetch {
  plainFetch = fetchNow;
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const { method = "GET", signal, headers: sent } = init ?? request ?? {};
    const headers = new Headers(sent);
    const isOurs = new URL(request?.url ?? String(input), origin).origin === origin;
    if (!isOurs || method !== "GET" || headers.has("next-router-prefetch")) return fetchNow(input, init);
    const isPage = headers.has("rsc");
    for (let repeats = 0; ; repeats += 1) {
      try {
        const response = await fetchNow(input, init);
        if (!isUnavailable(response, isPage) || repeats === REPEATS) {
          if (isPage) await response.clone().arrayBuffer();
          reached();
          return response;
        }
      } catch (error) {
        if (signal?.aborted || repeats === REPEATS) throw error;
      }
      if (await Promise.race([serverReturned(), aborted(signal)])) repeats = -1;
      else await new Promise((resolve) => setTimeout(resolve, repeats * PAUSE.first));
    }
  };
}

/** Of a proxy whose server does not answer. A busy server, whose own responses have an id, is left to who asked, except for pages. */
function isUnavailable({ status, headers }: Response, isPage: boolean): boolean {
  return status >= 502 && status <= 504 && (isPage || !headers.has("x-request-id"));
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

/** Loads code of the page; where that fails because the server can't be reached, it loads as soon as it can. */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await load();
    } catch (error) {
      if (repeats === REPEATS) throw error;
      if (await serverReturned()) repeats = -1;
    }
  }
}

/**
 * Attempts to reach the server when the browser goes offline, and while it can't be reached holds plain links and forms, by
 * which the browser itself would load a document.
 */
export function holdDocuments(): void {
  addEventListener("offline", () => serverReturned());
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || lostAt === null || event.defaultPrevented || event.button || !isHere(link)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.hasAttribute("download")) return;
    event.preventDefault();
    serverReturned().then(() => location.assign(link.href));
  });
  addEventListener("submit", (event) => {
    const form = event.target;
    if (lostAt === null || event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    serverReturned().then(() => form.requestSubmit(event.submitter));
  });
}

function isHere({ origin, target, pathname, search, hash }: HTMLAnchorElement): boolean {
  const isPart = hash !== "" && pathname === location.pathname && search === location.search;
  return origin === location.origin && target === "" && !isPart;
}
