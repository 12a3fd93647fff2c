import { Segments } from "../../_shell/tabs";
import { hrefOf, scopeOf, type View } from "./view";

/** The three ways to look at artifacts; filters stay on while one changes between them. */
export function ScopeTabs({ view }: { view: View }) {
  const scope = scopeOf(view);
  const kept: View = { ...view, versions: "latest", keys: "any", cursor: "" };
  return (
    <Segments
      label="Which artifacts"
      tabs={[
        { name: "Latest", href: hrefOf(kept), current: scope === "latest" },
        { name: "All versions", href: hrefOf({ ...kept, versions: "all" }), current: scope === "all" },
        { name: "Without a key", href: hrefOf({ ...kept, keys: "none", key: "" }), current: scope === "keyless" },
      ]}
    />
  );
}
