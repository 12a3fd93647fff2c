import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { Age } from "#app/_ui/age";
import { openHereOnClick } from "#app/_ui/shallow-link";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { LabelChip } from "../../../_list/chips";
import { type Producer, ProducerLine } from "../../../_list/producers";
import { changeSummary } from "./change-summary";

/** What a list of versions shows of each: number, age, size, change since the version before, and run. */
export interface VersionLine {
  row: Artifact;
  older: Artifact | undefined;
  /** The number of the version before that has the same data. */
  sameAs?: number | undefined;
  latest: boolean;
  labels: string[];
  producer: Producer | null;
}

/** One version in the history; its link opens it beside. */
export function VersionEntry({
  line,
  href,
  open,
  compare,
}: {
  line: VersionLine;
  href: string;
  open: boolean;
  /** The comparison with the open version; null for that version itself. */
  compare: { href: string; name: string } | null;
}) {
  return (
    <li className="group relative pl-6">
      <span
        aria-hidden
        className="absolute top-0 bottom-0 left-[7px] w-px bg-line group-only:hidden group-first:top-4 group-last:bottom-auto group-last:h-4"
      />
      <span
        aria-hidden
        className={`absolute top-[13px] left-1 size-[7px] rounded-full ring-3 ring-canvas ${open ? "bg-accent" : "bg-edge"}`}
      />
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        aria-current={open ? "true" : undefined}
        onClick={openHereOnClick}
        className={`block rounded-md px-2.5 py-1.5 text-sm transition-colors ${open ? "bg-wash" : "hover:bg-hover"}`}
      >
        <VersionLines {...line} />
      </Link>
      {compare && (
        <Link
          href={compare.href}
          prefetch={false}
          aria-label={compare.name}
          title={compare.name}
          className="absolute top-1 right-20 inline-flex size-6 items-center justify-center rounded text-faint transition-opacity hover:bg-line hover:text-ink pointer-fine:opacity-0 pointer-fine:focus-visible:opacity-100 pointer-fine:group-hover:opacity-100"
        >
          <GitCompareArrows aria-hidden className="size-3.5" />
        </Link>
      )}
    </li>
  );
}

export function VersionLines({ row, older, sameAs, latest, labels, producer }: VersionLine) {
  const change = older ? changeSummary(row, older) : null;
  return (
    <>
      <span className="flex items-baseline gap-2">
        <span className="font-medium tabular-nums">v{row.version}</span>
        {latest && <span className="text-accent text-xs">latest</span>}
        <Age of={row.created} className="ml-auto text-soft tabular-nums" />
      </span>
      {labels.length > 0 && (
        <span className="flex flex-wrap gap-1 py-0.5">
          {labels.map((label) => (
            <LabelChip key={label} label={label} />
          ))}
        </span>
      )}
      <span className="flex flex-wrap items-baseline gap-x-2 text-faint text-xs tabular-nums">
        <span>{contentSize(row)}</span>
        {change && <span className="text-soft">{change}</span>}
        {row.restoredFrom ? (
          <span>restored from v{row.restoredFrom}</span>
        ) : (
          sameAs && <span title="Has the same data, to the byte">same as v{sameAs}</span>
        )}
        {row.version === 1 && <span>first version</span>}
        {row.flowRunId && producer && (
          <span className="ml-auto min-w-0 truncate">
            <ProducerLine id={row.flowRunId} producer={producer} short />
          </span>
        )}
      </span>
    </>
  );
}
