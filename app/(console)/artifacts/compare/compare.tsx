"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useApi } from "#app/_data/client";
import { spanBetween } from "#app/_ui/timestamp";
import type { Artifact } from "#contract/artifact";
import { Breadcrumb } from "../../_shell/breadcrumb";
import { PairLinks } from "./pair-links";
import { sidesQuery } from "./queries";
import { Result } from "./result";
import { SidePicker } from "./side-picker";
import { compareParsers, comparisonHref } from "./view";

/** Pickers for two versions, and the differences between these. */
export function Compare({ from, to }: { from: string; to: string }) {
  const router = useRouter();
  const [view, setView] = useQueryStates(compareParsers, { history: "replace" });
  const { data } = useQuery(sidesQuery(useApi(), [from, to]));
  const older = data?.find(({ id }) => id === from);
  const newer = data?.find(({ id }) => id === to);
  if (!older || !newer) return null;
  const open = (ids: { from: string; to: string }) => router.push(comparisonHref({ ...view, ...ids }));
  return (
    <>
      <Breadcrumb at={[...crumbs(older, newer), { name: "Compare" }]} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="font-semibold text-xl tabular-nums tracking-tight">
          {titleOf(older, newer)}
          <span className="ml-1 font-normal text-base text-soft">
            {" "}
            · {spanBetween(older.created, newer.created)} apart
          </span>
        </h1>
        <PairLinks from={older} to={newer} view={view} />
      </div>
      <div className="mt-4 flex flex-wrap items-start gap-x-3 gap-y-3">
        <SidePicker name="From" artifact={older} onPick={(id) => open({ from: id, to })} />
        <span aria-hidden className="h-8 px-1 text-faint leading-8 max-sm:hidden">
          →
        </span>
        <SidePicker name="To" artifact={newer} onPick={(id) => open({ from, to: id })} />
      </div>
      <noscript>
        <p className="mt-6 text-soft">Comparing needs JavaScript.</p>
      </noscript>
      <Result from={older} to={newer} view={view} onView={setView} />
    </>
  );
}

function titleOf(from: Artifact, to: Artifact): string {
  if (from.key === null || from.key !== to.key) return `${nameOf(from)} → ${nameOf(to)}`;
  return `v${from.version} → v${to.version}`;
}

function nameOf({ key, version, id }: Artifact): string {
  return key === null ? id.slice(0, 8) : `${key} v${version}`;
}

function crumbs(from: Artifact, to: Artifact) {
  return from.key !== null && from.key === to.key ? [{ name: from.key, href: `/artifacts/key/${from.key}` }] : [];
}
