"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";
import { asOfText, pastAddress } from "./as-of";

/** The time whose past the page shows; null for now. */
export function usePast(): string | null {
  // Null where no page is around.
  return asOfText(useSearchParams()?.get("asOf"));
}

/** Keeps the time whose past the page shows in the addresses of other pages. */
export function useKeepPast(): (href: string) => string {
  const asOf = usePast();
  return (href) => (asOf === null ? href : pastAddress(href, asOf));
}

/** A link to a page as of the time that this one shows, which is mostly now. */
export function PastLink({ href, ...rest }: ComponentProps<typeof Link> & { href: string }) {
  return <Link {...rest} href={useKeepPast()(href)} />;
}
