"use client";

import { History } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useSyncExternalStore } from "react";
import { Button, buttonClass } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { exact } from "#app/_ui/timestamp";
import { localValue, timestampOf } from "./as-of";

const neverChanges = () => () => {};

/** In UTC until the browser's time zone is known, as the server does not know it. */
function useExact(timestamp: string): string {
  return useSyncExternalStore(
    neverChanges,
    () => exact(timestamp),
    () => exact(timestamp, "UTC"),
  );
}

/**
 * Says that the page shows the past, of which nothing can be changed, and leads to another time and back to now.
 * @param known since when deletions are known; null where that is unknown
 * @param nowHref the same page as it is now
 */
export function PastBanner({
  asOf,
  known,
  nowHref,
  children,
}: {
  asOf: string;
  known: string | null;
  nowHref: string;
  /** What of the page is as it is now. */
  children?: ReactNode;
}) {
  const time = useExact(asOf);
  const since = useExact(known ?? asOf);
  const isUnknown = known !== null && Date.parse(asOf) < Date.parse(known);
  return (
    <section
      aria-label="Past"
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-warn/30 bg-warn-wash px-3 py-2 text-sm print:mb-2"
    >
      <History aria-hidden className="size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 basis-64">
        <p>
          As of <time dateTime={asOf}>{time}</time>. The past can be read, and not changed.
        </p>
        {children && <p className="text-soft">{children}</p>}
        {isUnknown && (
          <p className="text-soft">
            Deletions and labels before {since} are unknown: what was deleted by then, and restored, is shown.
          </p>
        )}
      </div>
      <TimeForm asOf={asOf} />
      <Link href={nowHref} prefetch={false} className={buttonClass("plain", "max-sm:w-full")}>
        Back to now
      </Link>
    </section>
  );
}

/** Opens the page as of another time. */
function TimeForm({ asOf }: { asOf: string }) {
  const id = useId();
  const router = useRouter();
  const value = useSyncExternalStore(
    neverChanges,
    () => localValue(asOf),
    () => "",
  );
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = new FormData(event.currentTarget).get("time");
    const next = typeof field === "string" ? timestampOf(field) : null;
    if (next === null) return;
    const url = new URL(location.href);
    url.searchParams.set("asOf", next);
    url.searchParams.delete("cursor");
    router.push(`${url.pathname}${url.search}`);
  };
  return (
    <form onSubmit={handleSubmit} className="flex items-center gap-1.5 max-sm:w-full print:hidden">
      <label htmlFor={id} className="sr-only">
        Time
      </label>
      <TextField
        id={id}
        key={value}
        type="datetime-local"
        name="time"
        required
        defaultValue={value}
        className="w-48 max-sm:flex-1"
      />
      <Button type="submit" look="quiet">
        Go
      </Button>
    </form>
  );
}
