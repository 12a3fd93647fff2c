"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { CheckCheck, GitCompare } from "lucide-react";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Age } from "#app/_ui/age";
import { Button, buttonClass } from "#app/_ui/button";
import { toast } from "#app/_ui/toast";
import type { UnreadKey } from "#contract/unread";
import { pluralize } from "#formats/number";
import { keyHref } from "../../_list/artifact-url";
import { Breadcrumb } from "../../_shell/breadcrumb";
import { focusMain } from "../../_shell/focus-main";
import { Message } from "../../_shell/page-error";
import { compareHref } from "../_artifact/compare-url";
import { MOST_COUNTED, unreadQuery } from "../_unread/queries";
import { LazyDifferences } from "./lazy-differences";

/** What changed since the reader last looked, the newest first, with the differences. */
export function UnreadList() {
  const api = useApi();
  const refresh = useRefresh();
  const { data } = useQuery(unreadQuery(api));
  const markAll = useMutation(
    api.collection.markAllRead.mutationOptions({
      onSuccess: () => {
        toast("Marked all as read");
        focusMain();
        refresh();
      },
      onError: toastError,
    }),
  );
  if (!data) return null;
  const [newest] = data.items;
  if (!newest) return <AllRead />;
  const items = data.items.slice(0, MOST_COUNTED);
  return (
    <>
      <Breadcrumb at={[{ name: "Unread" }]} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-xl tracking-tight">Changed since you last looked</h1>
        <span className="text-faint text-sm tabular-nums">
          {items.length < data.items.length ? `${MOST_COUNTED}+ artifacts` : pluralize(items.length, "artifact")}
        </span>
        <Button
          className="sm:ml-auto"
          disabled={markAll.isPending}
          onClick={() => markAll.mutate({ until: newest.created })}
        >
          <CheckCheck aria-hidden className="size-3.5" />
          Mark all as read
        </Button>
      </div>
      <ul aria-label="Changed artifacts" className="mt-5 space-y-4">
        {items.map((item) => (
          <li key={item.key}>
            <Entry item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entry({ item: { key, id, version, created, seen } }: { item: UnreadKey }) {
  return (
    <article aria-label={key} className="rounded-lg border bg-surface">
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5 text-sm">
        <h2 className="min-w-0 truncate font-medium">
          <Link
            href={keyHref(key)}
            prefetch={false}
            className="inline-block max-w-full truncate align-bottom leading-6 hover:underline"
          >
            {key}
          </Link>
        </h2>
        <span className="text-soft tabular-nums">{seen ? `v${seen.version} → v${version}` : `v${version}, new`}</span>
        <Age of={created} suffix=" ago" className="text-faint" />
        {seen && (
          <Link href={compareHref(id, seen.id)} prefetch={false} className={buttonClass("quiet", "-mr-2 ml-auto px-2")}>
            <GitCompare aria-hidden className="size-3.5" />
            Compare
          </Link>
        )}
      </header>
      <LazyDifferences name={key} from={seen?.id ?? null} to={id} />
    </article>
  );
}

function AllRead() {
  return (
    <Message title="You have seen everything">
      <p>Artifacts with new versions since you last looked are listed here, with what changed in them.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </Message>
  );
}
