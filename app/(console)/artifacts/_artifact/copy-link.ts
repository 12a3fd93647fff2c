import { toast } from "#app/_ui/toast";

/** Copies the address of a version, which stays what it is whatever is published later. */
export function copyLink(id: string) {
  const address = new URL(`/artifacts/artifact/${id}`, location.href).href;
  const refused = () => toast(`This browser does not let the page copy: ${address}`, { tone: "danger" });
  // Browsers have a clipboard for safe addresses alone.
  if (!navigator.clipboard) return refused();
  navigator.clipboard.writeText(address).then(() => toast("Copied the link"), refused);
}
