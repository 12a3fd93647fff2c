"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { type MouseEvent, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import type { Artifact } from "#contract/artifact";
import { useProducers } from "../../../_list/producers";
import { labelsOn, useLabels } from "../../_labels/labels";
import { useSameAs, useVersionPage } from "./use-versions";
import { VersionLines } from "./version-entry";
import { pageStart } from "./view";

/** The versions of a key to choose from, each with number, age, run and change. A typed number scrolls to a version. */
export function VersionMenu({
  artifactKey,
  newest,
  open,
  exclude = null,
  hrefOf,
  onChoose,
}: {
  artifactKey: string;
  newest: number;
  /** The number of the version that the list begins around. */
  open: number;
  /** The number of a version that cannot be chosen. */
  exclude?: number | null;
  hrefOf: (row: Artifact) => string;
  onChoose: (event: MouseEvent<HTMLAnchorElement>) => void;
}) {
  const [around, setAround] = useState(open);
  const from = pageStart(around, newest);
  const { rows, olderThan } = useVersionPage(artifactKey, from);
  const sameAs = useSameAs(artifactKey, from);
  const labels = useLabels(artifactKey);
  const producerOf = useProducers(rows);
  const top = rows[0]?.version ?? newest;
  const last = rows.at(-1);
  const below = last && olderThan(last);
  return (
    <div>
      <div className="border-b p-2">
        <TextField
          type="number"
          min={1}
          max={newest}
          placeholder={`Version number, 1 to ${newest}`}
          aria-label="Version number"
          onChange={({ target }) => setAround(Math.min(Math.max(1, Number(target.value) || open), newest))}
          className="w-full"
        />
      </div>
      <ul aria-label="Versions" className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1">
        {top < newest && (
          <li>
            <Button look="quiet" className="w-full" onClick={() => setAround(Math.min(newest, top + 1))}>
              <ChevronUp aria-hidden className="size-3.5" />
              Newer versions
            </Button>
          </li>
        )}
        {rows
          .filter(({ version }) => version !== exclude)
          .map((row) => (
            <li key={row.id}>
              <Link
                href={hrefOf(row)}
                prefetch={false}
                scroll={false}
                ref={row.version === around ? showInList : undefined}
                aria-current={row.version === open && exclude === null ? "true" : undefined}
                onClick={onChoose}
                className={`block rounded-md px-2.5 py-1.5 text-sm hover:bg-hover ${row.version === around && exclude === null ? "bg-wash" : ""}`}
              >
                <VersionLines
                  row={row}
                  older={olderThan(row)}
                  sameAs={sameAs(row)}
                  latest={row.version === newest}
                  labels={labelsOn(labels, row.version)}
                  producer={row.flowRunId === null ? null : producerOf(row.flowRunId)}
                />
              </Link>
            </li>
          ))}
        {below && (
          <li>
            <Button look="quiet" className="w-full" onClick={() => setAround(below.version ?? 1)}>
              <ChevronDown aria-hidden className="size-3.5" />
              Older versions
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}

function showInList(entry: HTMLElement | null) {
  const list = entry?.closest("ul");
  if (entry && list) list.scrollTop = entry.offsetTop - list.offsetTop - list.clientHeight / 3;
}
