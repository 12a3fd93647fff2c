import Link from "next/link";
import type { ReactNode } from "react";
import type { ApiError } from "#app/_data/error";
import { buttonClass } from "#app/_ui/button";
import { Title } from "#app/brand";

export function PageError({ error, back }: { error: ApiError; back: { href: string; name: string } }) {
  return (
    <PageMessage title="Couldn't load this page">
      <p>{error.message}</p>
      <Link href={back.href} className={buttonClass("plain", "mt-5")}>
        {back.name}
      </Link>
    </PageMessage>
  );
}

/** A page that only says something, with its title. */
export function PageMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <Title>{title}</Title>
      <Message title={title}>{children}</Message>
    </>
  );
}

/** The content of a page that only says something, where the page has a title. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-24 text-center">
      <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
      <div className="mt-2 text-soft">{children}</div>
    </div>
  );
}
