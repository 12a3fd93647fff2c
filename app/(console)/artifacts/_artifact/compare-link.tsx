"use client";

import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";

/** The URL that compares two versions; without `from`, a version with the previous one. */
export function compareHref(to: string, from?: string): string {
  return `/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`;
}

/** Links to the comparison of a version with the previous one, with the shortcut `d`. */
export function CompareWithPrevious({ id, look = "plain" }: { id: string; look?: "plain" | "quiet" }) {
  const router = useRouter();
  const href = compareHref(id);
  useShortcuts({ d: { label: "Compare with previous version", run: () => router.push(href) } }, "Version");
  return (
    <Link
      href={href}
      prefetch={false}
      aria-keyshortcuts="d"
      title="Compare with previous version (d)"
      className={buttonClass(look)}
    >
      <GitCompareArrows aria-hidden className="size-3.5" />
      <span className="max-sm:sr-only">Compare with previous</span>
      <span aria-hidden className="sm:hidden">
        Compare
      </span>
    </Link>
  );
}
