import { toast } from "#app/_ui/toast";
import { artifactHref } from "./artifact-url";

/** Copies the permanent URL of a version. */
export function copyLink(id: string) {
  const url = new URL(artifactHref(id), location.href).href;
  const showUrl = () => toast(`Couldn't copy to the clipboard: ${url}`, { tone: "danger" });
  // Browsers offer the clipboard on HTTPS and localhost only.
  if (!navigator.clipboard) return showUrl();
  navigator.clipboard.writeText(url).then(() => toast("Copied link"), showUrl);
}
