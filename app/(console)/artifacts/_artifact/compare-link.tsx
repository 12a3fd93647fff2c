"use client";

import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";

/** Where two versions are compared; without `from`, a version with the one before it. */
export function compareHref(to: string, from?: string): string {
  return `/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`;
}

/** Compares a version with the one before it; `d` does the same. */
export function CompareWithPrevious({ id, look = "plain" }: { id: string; look?: "plain" | "quiet" }) {
  const router = useRouter();
  const href = compareHref(id);
  useShortcuts({ d: { label: "Compare with the version before", run: () => router.push(href) } }, "Version");
  return (
    <Link
      href={href}
      prefetch={false}
      aria-keyshortcuts="d"
      title="Compare with previous (d)"
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
