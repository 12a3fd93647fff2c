"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitCompareArrows, Undo2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useClient } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { Age } from "#app/_ui/age";
import { Button, buttonClass } from "#app/_ui/button";
import { ReasonButton, requestReason, type Why } from "#app/_ui/confirm";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Event } from "#contract/event";
import { formatBytes } from "#formats/number";
import { actorText, changedNames, eventText } from "../../../_events/event-text";
import { FieldText } from "../../../_events/field-text";
import { factsBefore } from "../../_about/about-draft";
import { useRevertAbout } from "../../_about/use-save-about";
import { compareRevisionHref } from "../../_artifact/compare-url";
import { changesKey, PAGE } from "./queries";
import { useRevert } from "./use-revert";

const FIRST: string | null = null;

/** Who wrote a version, or all versions of its key, when, what and why; edits can be reverted. */
export function ChangesTab({ artifact }: { artifact: Artifact }) {
  const { id, key, version } = artifact;
  const client = useClient();
  const [ofKey, setOfKey] = useState(false);
  const query = useInfiniteQuery({
    queryKey: changesKey({ id, key: ofKey ? key : null }),
    queryFn: ({ pageParam: cursor }) =>
      ofKey && key !== null
        ? client.collection.history.query({ key, limit: PAGE, cursor })
        : client.artifact.history.query({ id, limit: PAGE, cursor }),
    initialPageParam: FIRST,
    getNextPageParam: ({ next }) => next,
  });
  const events = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label="Changes">
      {key !== null && (
        <div className="mb-4 flex gap-1.5">
          {[false, true].map((all) => (
            <Button key={String(all)} look="quiet" aria-pressed={ofKey === all} onClick={() => setOfKey(all)}>
              {all ? "All versions" : `v${version}`}
            </Button>
          ))}
        </div>
      )}
      {query.isError ? (
        <Notice tone="danger">The changes couldn't be loaded.</Notice>
      ) : query.isPending ? (
        <p role="status" className="py-10 text-center text-faint">
          Loading…
        </p>
      ) : events.length === 0 ? (
        <p className="py-10 text-center text-soft">
          Nothing was recorded: it was published before Vitrine kept changes.
        </p>
      ) : (
        <ol className="divide-y divide-line border-line border-y">
          {events.map((event) => (
            <Entry key={event.id} event={event} isOpen={event.artifactId === id} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button className="mt-4" disabled={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}

/** `isOpen`: whether it is about the version of the page. */
function Entry({ event, isOpen }: { event: Event; isOpen: boolean }) {
  const { mayWrite } = useRole();
  const revert = useRevert();
  const revertAbout = useRevertAbout();
  const facts = factsBefore(event);
  const { artifactId, key, time, reason, before, after } = event;
  const revision = typeof after?.revision === "number" ? after.revision : null;
  const names = changedNames(before).filter((name) => name !== "data");
  const sizes = typeof before?.size === "number" && typeof after?.size === "number" ? [before.size, after.size] : null;
  return (
    <li className="py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-64 break-words">
          <span className="font-medium">{actorText(event)}</span> {eventText(event)}{" "}
          <span className="text-faint">
            <Age of={time} suffix=" ago" />
          </span>
        </p>
        {isOpen && revision !== null && artifactId !== null && (
          <div className="flex gap-1.5 print:hidden">
            <Link href={compareRevisionHref(artifactId, revision)} prefetch={false} className={buttonClass("quiet")}>
              <GitCompareArrows aria-hidden className="size-3.5" />
              Compare<span className="sr-only"> what it was before change {revision} with now</span>
            </Link>
            {mayWrite && (
              <Revert
                what={`to before change ${revision}`}
                isPending={revert.isPending}
                onRevert={(why) => revert.mutate({ id: artifactId, revision, ...why })}
              />
            )}
          </div>
        )}
        {mayWrite && key !== null && facts && (
          <div className="flex gap-1.5 print:hidden">
            <Revert
              what={`the facts of ${key} to before this change`}
              isPending={revertAbout.isPending}
              onRevert={(why) => revertAbout.mutate({ key, ...facts, ...why })}
            />
          </div>
        )}
      </div>
      {reason !== null && <p className="mt-1 max-w-[72ch] whitespace-pre-line break-words text-soft">“{reason}”</p>}
      {sizes && (
        <p className="mt-1 text-faint tabular-nums">
          Data: {sizes.map((size) => formatBytes(size)).join(" → ")}
          {typeof before?.number === "number" && typeof after?.number === "number" && (
            <>
              , {before.number} → {after.number}
            </>
          )}
        </p>
      )}
      {names.map((name) => (
        <dl key={name} className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-2">
          <FieldValue when="before" fields={before} name={name} />
          <FieldValue when="after" fields={after} name={name} />
        </dl>
      ))}
    </li>
  );
}

function Revert({
  what,
  isPending,
  onRevert,
}: {
  /** What follows the word "Revert". */
  what: string;
  isPending: boolean;
  onRevert: (why: Why) => void;
}) {
  // Not disabled meanwhile, which would lose the focus.
  const run = (why: Why) => !isPending && onRevert(why);
  const openQuestion = () =>
    requestReason({
      title: `Revert ${what}?`,
      text: "It is recorded as a change, and can be undone.",
      confirm: "Revert",
      look: "primary",
      run,
    });
  return (
    <>
      <Button look="quiet" aria-disabled={isPending} onClick={() => run({})}>
        <Undo2 aria-hidden className="size-3.5" />
        Revert<span className="sr-only"> {what}</span>
      </Button>
      <ReasonButton label="Revert" what={what} look="quiet" onClick={openQuestion} />
    </>
  );
}

function FieldValue({ when, fields, name }: { when: string; fields: Event["before"]; name: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs first-letter:uppercase">
        {name} {when}
      </dt>
      <dd className="max-h-40 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line px-2.5 py-1.5">
        <FieldText fields={fields} name={name} />
      </dd>
    </div>
  );
}
