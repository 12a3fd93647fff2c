import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { Title } from "#app/brand";

export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-md flex-col items-center px-4 py-32 text-center">
      <Title>Page not found</Title>
      <h1 className="font-semibold text-lg tracking-tight">Page not found</h1>
      <p className="mt-2 text-soft">There is no page at this address.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </main>
  );
}
