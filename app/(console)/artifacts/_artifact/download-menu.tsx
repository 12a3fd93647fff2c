"use client";

import { Download } from "lucide-react";
import type { ComponentProps } from "react";
import { Menu, type MenuItem } from "#app/_ui/menu";
import type { Artifact } from "#contract/artifact";
import { pluralize } from "#formats/number";
import { dataUrl } from "../../_viewers/shared/data-url";
import { useShownRows } from "../../_viewers/table/shown-rows";

/** Downloads a version in the formats of its type, as the stored JSON text, or the rows that its table shows. */
export function DownloadMenu({
  artifact,
  ...look
}: { artifact: Artifact } & Pick<ComponentProps<typeof Menu>, "look">) {
  const shown = useShownRows(artifact.id);
  const shownItems: MenuItem[] = shown
    ? (["csv", "json"] as const).map((format) => ({
        label: `${pluralize(shown.count, "shown row")}, ${format.toUpperCase()}`,
        run: () => shown.download(format),
      }))
    : [];
  return (
    <Menu
      {...look}
      label="Download"
      icon={<Download aria-hidden className="size-3.5" />}
      items={[...downloadsOf(artifact), ...shownItems]}
    />
  );
}

function downloadsOf({ id, type }: Artifact): MenuItem[] {
  const file = dataUrl(id, "file");
  const formats: Record<string, MenuItem[]> = {
    file: [{ label: "File", href: file }],
    files: [{ label: "All files, ZIP", href: file }],
    markdown: [{ label: "Markdown", href: file }],
    image: [{ label: "Image", href: file }],
    table: [
      { label: "All rows, CSV (spreadsheet-safe)", href: dataUrl(id, "csv") },
      { label: "All rows, CSV (exact)", href: dataUrl(id, "exact-csv") },
    ],
  };
  const items = type !== null && Object.hasOwn(formats, type) ? formats[type] : undefined;
  return [
    ...(items ?? []),
    { label: type === "table" ? "All rows, JSON (as stored)" : "JSON (as stored)", href: dataUrl(id, "json") },
  ];
}
