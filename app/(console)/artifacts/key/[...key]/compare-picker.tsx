"use client";

import { ChevronDown, GitCompareArrows } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { compareHref } from "../../_artifact/compare-url";
import { LabelLink } from "../../_labels/label-link";
import { useLabels } from "../../_labels/labels";

const VersionMenu = dynamic(() => loadCode(() => import("./version-menu")).then((module) => module.VersionMenu));

/** Compares the open version with a chosen one, or with the previous one by the shortcut `d`. */
export function ComparePicker({
  artifactKey,
  row,
  newest,
  older,
}: {
  artifactKey: string;
  row: Artifact;
  newest: number;
  older: Artifact | undefined;
}) {
  const router = useRouter();
  const labelled = useLabels(artifactKey).filter(({ version }) => version !== row.version);
  const hrefOf = (other: Pick<Artifact, "id" | "version">) =>
    (other.version ?? 0) < (row.version ?? 0) ? compareHref(row.id, other.id) : compareHref(other.id, row.id);
  useShortcuts(
    {
      d: older && { label: "Compare with previous version", run: () => router.push(hrefOf(older)) },
    },
    "Version",
  );
  return (
    <Popover
      label={`Compare v${row.version} with`}
      title={older ? "Compare with another version; with the previous one by d" : "Compare with another version"}
      align="right"
      button={
        <>
          <GitCompareArrows aria-hidden className="size-3.5" />
          <span className="max-sm:sr-only">Compare</span>
          <ChevronDown aria-hidden className="-mr-0.5 size-3.5 text-faint" />
        </>
      }
    >
      {(close) => (
        <>
          <p className="px-3 pt-2.5 pb-1 text-soft text-sm">Compare v{row.version} with</p>
          {labelled.length > 0 && (
            <div className="flex max-h-28 flex-wrap gap-1 overflow-y-auto px-2 pb-2">
              {labelled.map((each) => (
                <LabelLink key={each.label} of={each} href={hrefOf(each)} before="Compare with" onClick={close} />
              ))}
            </div>
          )}
          <VersionMenu
            artifactKey={artifactKey}
            newest={newest}
            open={older?.version ?? newest}
            exclude={row.version}
            hrefOf={hrefOf}
            onChoose={close}
          />
        </>
      )}
    </Popover>
  );
}
