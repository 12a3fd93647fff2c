"use client";

import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { loadCode } from "#app/_data/connection";
import { Age } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import { Popover } from "#app/_ui/popover";
import { openHere, openHereOnClick } from "#app/_ui/shallow-link";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { labelHref } from "../../../_list/artifact-url";
import { LabelChip } from "../../../_list/chips";
import { ProducerLine, useProducers } from "../../../_list/producers";
import { useView } from "./use-view";

const VersionMenu = dynamic(() => loadCode(() => import("./version-menu")).then((module) => module.VersionMenu));

/** The open version's number with links to its neighbours and the latest; on a small screen also a list of versions. */
export function VersionNav({
  artifactKey,
  open,
  row,
  labels,
  newest,
  older,
  newer,
}: {
  artifactKey: string;
  open: number;
  row: Artifact | undefined;
  /** Of the open version. */
  labels: string[];
  newest: number;
  older: Artifact | undefined;
  newer: Artifact | undefined;
}) {
  const { hrefOf } = useView(artifactKey);
  const versionHref = (version: number | null) => hrefOf({ version: version === newest ? null : version, from: null });
  const hrefs = { older: older && versionHref(older.version), newer: newer && versionHref(newer.version) };
  const step = (label: string, href: string | undefined) =>
    href === undefined ? undefined : { label, run: () => openHere(href, "replace"), repeats: true };
  useShortcuts(
    {
      "[": step("Older version", hrefs.older),
      "]": step("Newer version", hrefs.newer),
      j: step("Older version", hrefs.older),
      k: step("Newer version", hrefs.newer),
    },
    "History",
  );
  return (
    <>
      <span className="-ml-2 flex items-center print:hidden">
        <Step href={hrefs.older} label="Older version" hint="[">
          <ChevronLeft aria-hidden className="size-4" />
        </Step>
        <span className="px-1.5 max-lg:hidden">
          <span className="font-medium text-ink">v{open}</span>
          <span className="text-faint"> of {newest}</span>
        </span>
        <span className="lg:hidden">
          <Popover
            label="Versions"
            title="Choose a version"
            className="max-w-[60vw]"
            button={
              <>
                <span className="tabular-nums">v{open}</span>
                {row && (
                  <span className="min-w-0 truncate font-normal text-soft">
                    · <Age of={row.created} />
                    {row.flowRunId !== null && <Run id={row.flowRunId} />}
                  </span>
                )}
                <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
              </>
            }
          >
            {(close) => (
              <VersionMenu
                artifactKey={artifactKey}
                newest={newest}
                open={open}
                hrefOf={(each) => versionHref(each.version)}
                onChoose={(event) => {
                  openHereOnClick(event);
                  close();
                }}
              />
            )}
          </Popover>
        </span>
        <Step href={hrefs.newer} label="Newer version" hint="]">
          <ChevronRight aria-hidden className="size-4" />
        </Step>
      </span>
      <span className="hidden font-medium text-ink print:inline">v{open}</span>
      {open === newest ? (
        <span className="rounded-full bg-wash px-2 text-accent text-xs leading-5">latest</span>
      ) : (
        <Link
          href={versionHref(newest)}
          prefetch={false}
          scroll={false}
          onClick={openHereOnClick}
          className="rounded-full bg-warn-wash px-2 text-warn text-xs leading-6 hover:underline"
        >
          Not the latest: go to v{newest}
        </Link>
      )}
      {labels.map((label) => (
        <Link
          key={label}
          href={labelHref(artifactKey, label)}
          prefetch={false}
          scroll={false}
          title={`The address of what ${label} names`}
          onClick={openHereOnClick}
          className="target inline-flex rounded-full hover:bg-hover"
        >
          <LabelChip label={label} />
        </Link>
      ))}
    </>
  );
}

function Run({ id }: { id: string }) {
  const producer = useProducers([{ flowRunId: id }])(id);
  return (
    <>
      {" · "}
      <ProducerLine id={id} producer={producer} short />
    </>
  );
}

function Step({
  href,
  label,
  hint,
  children,
}: {
  href: string | undefined;
  label: string;
  hint: string;
  children: React.ReactNode;
}) {
  const shape = "w-8 px-0!";
  if (href === undefined) {
    return <span className={buttonClass("quiet", `${shape} pointer-events-none opacity-40`)}>{children}</span>;
  }
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      replace
      aria-label={label}
      aria-keyshortcuts={hint}
      title={`${label} (${hint})`}
      onClick={openHereOnClick}
      className={buttonClass("quiet", shape)}
    >
      {children}
    </Link>
  );
}
