import { toast } from "#app/_ui/toast";

/** Copies the URL of a page of this site. */
export function copyLink(href: string) {
  const url = new URL(href, location.href).href;
  const showUrl = () => toast(`Couldn't copy to the clipboard: ${url}`, { tone: "danger" });
  // Browsers offer the clipboard on HTTPS and localhost only.
  if (!navigator.clipboard) return showUrl();
  navigator.clipboard.writeText(url).then(() => toast("Copied link"), showUrl);
}
