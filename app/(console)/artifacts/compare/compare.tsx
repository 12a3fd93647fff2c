"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { spanBetween } from "#app/_ui/timestamp";
import type { Artifact } from "#contract/artifact";
import { keyHref } from "../../_list/artifact-url";
import { Breadcrumb } from "../../_shell/breadcrumb";
import { Message } from "../../_shell/page-error";
import { sidesQuery } from "../_compare/queries";
import { type Side, useSide } from "../_compare/use-side";
import { type CompareView, compareParsers, comparisonHref } from "../_compare/view";
import { PairLinks } from "./pair-links";
import { Result } from "./result";
import { SidePicker } from "./side-picker";

/** Pickers for two versions, and the differences between these. */
export function Compare({ from, to }: { from: string; to: string }) {
  const router = useRouter();
  const [view, setView] = useQueryStates(compareParsers, { history: "replace" });
  const { data } = useQuery(sidesQuery(useApi(), [from, to]));
  const find = (side: string) => data?.find(({ id }) => id === side);
  const older = useSide(find(from), view["from-revision"]);
  const newer = useSide(find(to), view["to-revision"]);
  if (older === null || newer === null) return <RevisionNotFound id={older === null ? from : to} />;
  if (!older || !newer) return null;
  const open = (part: Partial<CompareView>) => router.push(comparisonHref({ ...view, from, to, ...part }));
  return (
    <>
      <Breadcrumb at={[...crumbs(older, newer), { name: "Compare" }]} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="font-semibold text-xl tabular-nums tracking-tight">
          {titleOf(older, newer)}
          {older.id !== newer.id && (
            <span className="ml-1 font-normal text-base text-soft">
              {" "}
              · {spanBetween(older.created, newer.created)} apart
            </span>
          )}
        </h1>
        <PairLinks from={older} to={newer} view={view} />
      </div>
      <div className="mt-4 flex flex-wrap items-start gap-x-3 gap-y-3">
        <SidePicker name="From" artifact={older} onPick={(id) => open({ from: id, "from-revision": null })} />
        <span aria-hidden className="h-8 px-1 text-faint leading-8 max-sm:hidden">
          →
        </span>
        <SidePicker name="To" artifact={newer} onPick={(id) => open({ to: id, "to-revision": null })} />
      </div>
      <noscript>
        <p className="mt-6 text-soft">Comparing needs JavaScript.</p>
      </noscript>
      <Result from={older} to={newer} view={view} onView={setView} />
    </>
  );
}

function RevisionNotFound({ id }: { id: string }) {
  return (
    <Message title="This change is no longer kept">
      <p>It doesn't exist, or is older than the changes that the server keeps.</p>
      <Link href={`/artifacts/artifact/${id}?tab=changes`} prefetch={false} className={buttonClass("plain", "mt-5")}>
        Open the changes
      </Link>
    </Message>
  );
}

function titleOf(from: Side, to: Side): string {
  if (from.key === null || from.key !== to.key) return `${nameOf(from)} → ${nameOf(to)}`;
  return `v${from.version}${timeOf(from)} → v${to.version}${timeOf(to)}`;
}

function nameOf(side: Side): string {
  const { key, version, id } = side;
  return `${key === null ? id.slice(0, 8) : `${key} v${version}`}${timeOf(side)}`;
}

function timeOf({ revision }: Side): string {
  return revision === null ? "" : ` before change ${revision}`;
}

function crumbs(from: Artifact, to: Artifact) {
  return from.key !== null && from.key === to.key ? [{ name: from.key, href: keyHref(from.key) }] : [];
}
