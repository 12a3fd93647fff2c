import Link from "next/link";
import type { ApiError } from "#app/_data/error";
import { buttonClass } from "#app/_ui/button";

/** A page that could not be answered: what was wrong, and the way back. */
export function PageError({ error, back }: { error: ApiError; back: { href: string; name: string } }) {
  return (
    <PageMessage title="This page could not be shown">
      <p>{error.message}</p>
      <Link href={back.href} className={buttonClass("plain", "mt-5")}>
        {back.name}
      </Link>
    </PageMessage>
  );
}

/** The middle of a page that has nothing else to show. */
export function PageMessage({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-24 text-center">
      <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
      <div className="mt-2 text-soft">{children}</div>
    </div>
  );
}
