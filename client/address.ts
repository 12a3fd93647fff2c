import { VitrineError } from "#contract/error";

/** The address as text. BAD_REQUEST when a page could not follow or show it. */
export function addressOf(url: string | URL, field: string, protocols: string[]): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && protocols.includes(parsed.protocol)) return String(url);
  const names = protocols.map((protocol) => `${protocol.slice(0, -1)}`).join(", ");
  throw new VitrineError("BAD_REQUEST", `The field "${field}" must be a whole address (${names}).`, { field });
}
