/** What a report tried to do, as its frame tells it. */
export interface Attempts {
  /** Addresses that it tried to load. */
  loads: readonly string[];
  /** Addresses that it tried to open: by a form, a window, or in place of itself. */
  opens: readonly string[];
  /** The link that was pressed last. */
  link: string | null;
}

export const NO_ATTEMPTS: Attempts = { loads: [], opens: [], link: null };

/** How many addresses of a kind are remembered, and how long each is in characters. */
const MOST = 20;
const LENGTH = 160;

/** Where the files of a report are: what follows is its own path. */
const OWN = /^[^?#]*\/sandbox\/[^/?#]*\//;

const OPENING = new Set(["form-action", "popup", "frame-src"]);

/** Adds what a frame sent. It ran code of others: a message is checked as such, and anything else is ignored. */
export function withAttempt(attempts: Attempts, message: unknown): Attempts {
  if (typeof message !== "object" || message === null) return attempts;
  if ("link" in message && typeof message.link === "string") return { ...attempts, link: message.link.slice(0, 2000) };
  if (!("blocked" in message) || typeof message.blocked !== "string" || !("by" in message)) return attempts;
  const address = message.blocked.replace(OWN, "").slice(0, LENGTH) || "another address";
  const kind = typeof message.by === "string" && OPENING.has(message.by) ? "opens" : "loads";
  const known = attempts[kind];
  if (known.length >= MOST || known.includes(address)) return attempts;
  return { ...attempts, [kind]: [...known, address] };
}

/** Up to three addresses, and how many more there are. */
export function listed(addresses: readonly string[]): string {
  const [shown, more] = [addresses.slice(0, 3).join(", "), addresses.length - 3];
  return more > 0 ? `${shown} and ${more >= MOST - 3 ? "many" : more} more` : shown;
}

/** The path of a file of a report, by its token, under whatever name of a server. */
const SANDBOXED = /\/sandbox\/[^/]+\.[\w-]{43}(?:\/|$)/;

/**
 * A link that may be opened outside of its frame; null for what is not a page of the web, and for files of reports, which
 * only a frame keeps from leaving for other hosts.
 */
export function webAddress(link: string): string | null {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return null;
  const { href, pathname } = new URL(link);
  return SANDBOXED.test(pathname) ? null : href;
}
