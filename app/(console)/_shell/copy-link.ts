import { toast } from "#app/_ui/toast";

/** Copies the URL of a page of this site. */
export function copyLink(href: string) {
  copyLinks([href]);
}

/** Copies the URLs of pages of this site, a line each. */
export function copyLinks(hrefs: string[]) {
  const urls = hrefs.map((href) => new URL(href, location.href).href).join("\n");
  const showUrls = () => toast(`Couldn't copy to the clipboard: ${urls}`, { tone: "danger" });
  // Browsers offer the clipboard on HTTPS and localhost only.
  if (!navigator.clipboard) return showUrls();
  const done = hrefs.length === 1 ? "Copied link" : `Copied ${hrefs.length} links`;
  navigator.clipboard.writeText(urls).then(() => toast(done), showUrls);
}
