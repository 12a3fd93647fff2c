"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { Button, buttonClass } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { formatCount, pluralize } from "#formats/number";
import { usePurge } from "./purge";
import { trashCountQuery } from "./queries";
import { type TrashView, trashHref } from "./view";

const MOST = 10_000;

/** How much lies in the trash, and emptying it, which asks first and names the count. */
export function TrashHeader({ view }: { view: TrashView }) {
  const [asking, setAsking] = useState(false);
  const { data: total } = useQuery(trashCountQuery(useApi()));
  const purge = usePurge();
  const many =
    total !== undefined && total > MOST ? `more than ${formatCount(MOST)} versions` : pluralize(total ?? 0, "version");
  return (
    <header className="mb-4 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="font-semibold text-xl tracking-tight">Trash</h1>
      {total !== undefined && total > 0 && <span className="text-faint text-sm tabular-nums">{many}</span>}
      {view.key && (
        <Link
          href={trashHref()}
          prefetch={false}
          className={buttonClass("plain", "max-w-full")}
          aria-label="Show all keys"
        >
          <span className="truncate">Key is {view.key}</span>
          <X aria-hidden className="size-3.5" />
        </Link>
      )}
      {total !== undefined && total > 0 && (
        <Button className="ml-auto" onClick={() => setAsking(true)}>
          Empty the trash
        </Button>
      )}
      <Confirm
        open={asking}
        title="Empty the trash?"
        confirm={`Delete ${many} for good`}
        busy={purge.isPending}
        onConfirm={() => purge.mutate({ all: true }, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {many} of all keys will be deleted for good. This cannot be undone.
      </Confirm>
    </header>
  );
}
