"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import type { Artifact } from "#contract/artifact";
import { Breadcrumb } from "../../_shell/breadcrumb";
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
      <h1 className="font-semibold text-xl tracking-tight">{titleOf(older, newer)}</h1>
      <div className="mt-4 grid items-center gap-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <SidePicker name="From" sign="−" artifact={older} onPick={(id) => open({ from: id, to })} />
        <Link
          href={comparisonHref({ ...view, from: to, to: from })}
          prefetch={false}
          aria-label="Swap sides"
          title="Swap sides"
          className={buttonClass("quiet", "justify-self-center max-sm:rotate-90")}
        >
          <ArrowLeftRight aria-hidden className="size-4" />
        </Link>
        <SidePicker name="To" sign="+" artifact={newer} onPick={(id) => open({ from, to: id })} />
      </div>
      <noscript>
        <p className="mt-6 text-soft">Comparing needs JavaScript.</p>
      </noscript>
      <Result from={older} to={newer} view={view} onView={setView} />
    </>
  );
}

function titleOf(from: Artifact, to: Artifact): string {
  if (from.key === null || from.key !== to.key) return `Compare ${nameOf(from)} with ${nameOf(to)}`;
  return `Compare v${from.version} with v${to.version}`;
}

function nameOf({ key, version, id }: Artifact): string {
  return key === null ? id.slice(0, 8) : `${key} v${version}`;
}

function crumbs(from: Artifact, to: Artifact) {
  return from.key !== null && from.key === to.key ? [{ name: from.key, href: `/artifacts/key/${from.key}` }] : [];
}
