"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { nextQuery, previousQuery } from "../_compare/queries";
import { type CompareView, comparisonHref } from "../_compare/view";

/** Links to the pairs of versions before and after this one, and to this pair with its sides swapped. */
export function PairLinks({ from, to, view }: { from: Artifact; to: Artifact; view: CompareView }) {
  const router = useRouter();
  const api = useApi();
  const isOneKey = from.key !== null && from.key === to.key;
  const { data: before } = useQuery({ ...previousQuery(api, from), enabled: isOneKey });
  const { data: after } = useQuery({ ...nextQuery(api, to), enabled: isOneKey });
  const hrefOf = (older: string | undefined, newer: string | undefined) =>
    older && newer
      ? comparisonHref({ ...view, from: older, to: newer, "from-revision": null, "to-revision": null })
      : null;
  const older = hrefOf(before?.[0]?.id, from.id);
  const newer = hrefOf(to.id, after?.[0]?.id);
  const open = (label: string, href: string | null) => (href ? { label, run: () => router.push(href) } : undefined);
  useShortcuts({ "[": open("Previous pair", older), "]": open("Next pair", newer) }, "Compare");
  return (
    <div className="flex items-center gap-1">
      {isOneKey && (
        <>
          <PairLink label="Previous pair" shortcut="[" href={older}>
            <ChevronLeft aria-hidden className="size-4" />
          </PairLink>
          <PairLink label="Next pair" shortcut="]" href={newer}>
            <ChevronRight aria-hidden className="size-4" />
          </PairLink>
        </>
      )}
      <Link
        href={comparisonHref({
          ...view,
          ...{ from: to.id, "from-revision": view["to-revision"] },
          ...{ to: from.id, "to-revision": view["from-revision"] },
        })}
        prefetch={false}
        aria-label="Swap sides"
        title="Swap sides"
        className={buttonClass("quiet")}
      >
        <ArrowLeftRight aria-hidden className="size-4" />
      </Link>
    </div>
  );
}

function PairLink({
  label,
  shortcut,
  href,
  children,
}: {
  label: string;
  shortcut: string;
  href: string | null;
  children: ReactNode;
}) {
  if (href === null) {
    return (
      <span aria-hidden className={buttonClass("off")}>
        {children}
      </span>
    );
  }
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={`${label} (${shortcut})`}
      className={buttonClass()}
    >
      {children}
    </Link>
  );
}
