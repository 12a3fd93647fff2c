import { Download } from "lucide-react";
import { Menu, type MenuItem } from "#app/_ui/menu";
import type { Artifact } from "#contract/artifact";
import { dataUrl } from "../../_artifact/artifact-queries";

/** Downloads the data in the formats of its type, or as the stored JSON text. */
export function DownloadMenu({ id, type }: Artifact) {
  const url = dataUrl(id);
  const formats: Record<string, MenuItem[]> = {
    markdown: [{ label: "Markdown", href: `${url}?as=file` }],
    image: [{ label: "Image", href: `${url}?as=file` }],
    table: [
      { label: "CSV (spreadsheet-safe)", href: `${url}?as=csv` },
      { label: "CSV (exact)", href: `${url}?as=exact-csv` },
    ],
  };
  const items = type !== null && Object.hasOwn(formats, type) ? formats[type] : undefined;
  return (
    <Menu
      label="Download"
      icon={<Download aria-hidden className="size-4" />}
      items={[...(items ?? []), { label: "JSON (as stored)", href: url }]}
    />
  );
}
