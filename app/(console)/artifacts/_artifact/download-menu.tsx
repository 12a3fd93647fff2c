"use client";

import { Download } from "lucide-react";
import type { ComponentProps } from "react";
import { Menu, type MenuItem } from "#app/_ui/menu";
import type { Artifact } from "#contract/artifact";
import { pluralize } from "#formats/number";
import { useShownRows } from "../../_viewers/table/shown-rows";
import { dataUrl } from "./artifact-queries";

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
  const url = dataUrl(id);
  const formats: Record<string, MenuItem[]> = {
    markdown: [{ label: "Markdown", href: `${url}?as=file` }],
    image: [{ label: "Image", href: `${url}?as=file` }],
    table: [
      { label: "All rows, CSV (spreadsheet-safe)", href: `${url}?as=csv` },
      { label: "All rows, CSV (exact)", href: `${url}?as=exact-csv` },
    ],
  };
  const items = type !== null && Object.hasOwn(formats, type) ? formats[type] : undefined;
  return [...(items ?? []), { label: type === "table" ? "All rows, JSON (as stored)" : "JSON (as stored)", href: url }];
}
