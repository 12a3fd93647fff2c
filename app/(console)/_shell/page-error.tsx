import Link from "next/link";
import type { Failure } from "#app/_data/error";
import { buttonClass } from "#app/_ui/button";

/** A page that could not be answered: what was wrong, and the way back. */
export function Failed({ failure, back }: { failure: Failure; back: { href: string; name: string } }) {
  return (
    <Blank title="This page could not be shown">
      <p>{failure.message}</p>
      <Link href={back.href} className={buttonClass("plain", "mt-5")}>
        {back.name}
      </Link>
    </Blank>
  );
}

/** The middle of a page that has nothing else to show. */
export function Blank({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-24 text-center">
      <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
      <div className="mt-2 text-soft">{children}</div>
    </div>
  );
}
