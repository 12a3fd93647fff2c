"use client";

import { ArrowUpRight, ChevronLeft, ChevronRight, Download, GitCompare, Pencil, Pin } from "lucide-react";
import Link from "next/link";
import { useRole } from "#app/_data/role";
import { Button, buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { artifactHref } from "../../_list/artifact-url";
import { dataUrl } from "../../_viewers/shared/data-url";
import { compareHref } from "../_artifact/compare-url";
import { useTogglePins } from "../_pins/pins";

const ICON = "size-3.5";

/** What can be done with the peeked version. `older` and `newer` are the ids of its neighbours. */
export function PeekActions({
  artifact,
  older,
  newer,
  onShow,
}: {
  artifact: Pick<Artifact, "id" | "key" | "version">;
  older: string | null;
  newer: string | null;
  onShow: (id: string) => void;
}) {
  const { mayWrite } = useRole();
  const { id, key } = artifact;
  const pins = useTogglePins();
  const pinLabel = pins.labelOf(key === null ? [] : [key]);
  const show = (label: string, target: string | null) =>
    target === null ? undefined : { label, run: () => onShow(target) };
  useShortcuts({ "[": show("Older version", older), "]": show("Newer version", newer) }, "Peek");
  return (
    <div className="-ml-2 flex w-full flex-wrap items-center gap-1">
      <Link href={artifactHref(artifact)} prefetch={false} className={buttonClass("quiet", "px-2")}>
        <ArrowUpRight aria-hidden className={ICON} />
        Open
      </Link>
      {mayWrite && (
        <Link
          href={artifactHref(artifact, "edit")}
          prefetch={false}
          title="Edit (e)"
          className={buttonClass("quiet", "px-2")}
        >
          <Pencil aria-hidden className={ICON} />
          Edit
        </Link>
      )}
      {older !== null && (
        <Link
          href={compareHref(id)}
          prefetch={false}
          title="Compare with previous version (d)"
          className={buttonClass("quiet", "px-2")}
        >
          <GitCompare aria-hidden className={ICON} />
          Compare
        </Link>
      )}
      <a href={dataUrl(id, "file")} download className={buttonClass("quiet", "px-2")}>
        <Download aria-hidden className={ICON} />
        Download
      </a>
      {key !== null && pinLabel !== undefined && (
        <Button look="quiet" title={`${pinLabel} (p)`} className="px-2" onClick={() => pins.toggle([key])}>
          <Pin aria-hidden className={ICON} />
          {pinLabel}
        </Button>
      )}
      {key !== null && (
        <span className="ml-auto flex">
          <Button
            look="quiet"
            aria-label="Older version"
            title="Older version ([)"
            disabled={older === null}
            onClick={() => older && onShow(older)}
          >
            <ChevronLeft aria-hidden className="size-4 shrink-0" />
          </Button>
          <Button
            look="quiet"
            aria-label="Newer version"
            title="Newer version (])"
            disabled={newer === null}
            onClick={() => newer && onShow(newer)}
          >
            <ChevronRight aria-hidden className="size-4 shrink-0" />
          </Button>
        </span>
      )}
    </div>
  );
}
