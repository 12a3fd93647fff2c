import { Download } from "lucide-react";
import { Menu, type MenuItem } from "#app/_ui/menu";
import type { Artifact } from "#contract/artifact";
import { dataUrl } from "../../_artifact/artifact-queries";

/** The data of a version as a file: the one its type is at home in, and its JSON text. */
export function DownloadMenu({ id, type }: Artifact) {
  const address = dataUrl(id);
  const own: Record<string, MenuItem[]> = {
    markdown: [{ label: "Markdown file", href: `${address}?as=file` }],
    image: [{ label: "Image file", href: `${address}?as=file` }],
    table: [
      { label: "CSV for spreadsheets", href: `${address}?as=csv` },
      { label: "CSV, text unchanged", href: `${address}?as=exact-csv` },
    ],
  };
  const items = type !== null && Object.hasOwn(own, type) ? own[type] : undefined;
  return (
    <Menu
      label="Download"
      icon={<Download aria-hidden className="size-4" />}
      items={[...(items ?? []), { label: "JSON, as stored", href: address }]}
    />
  );
}
