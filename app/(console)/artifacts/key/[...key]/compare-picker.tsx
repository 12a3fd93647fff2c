"use client";

import { ChevronDown, GitCompareArrows } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { compareHref } from "../../_artifact/compare-url";

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
  const hrefOf = (other: Artifact) =>
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
