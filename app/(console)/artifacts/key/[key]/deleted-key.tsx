"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { Age, Timestamp } from "#app/_ui/age";
import { Button, buttonClass } from "#app/_ui/button";
import { toast } from "#app/_ui/toast";
import type { TrashedArtifact } from "#contract/trash";
import { PageMessage } from "../../../_shell/page-error";

/** The page of a key of which no version lives: when the last went, and how it comes back. */
export function DeletedKey({ artifactKey, last }: { artifactKey: string; last: TrashedArtifact }) {
  const refresh = useRefresh();
  const restore = useMutation(
    useApi().trash.restoreRemoval.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast(toApiError(error).message, { tone: "danger" }),
    }),
  );
  return (
    <PageMessage title={`${artifactKey} is in the trash`}>
      <p>
        No version of it lives. The last was removed <Age of={last.removed} suffix=" ago" />, on{" "}
        <Timestamp of={last.removed} />.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button disabled={restore.isPending} onClick={() => restore.mutate({ removal: last.removal })}>
          <RotateCcw aria-hidden className="size-4" />
          Undo the last removal
        </Button>
        <Link href={`/trash?key=${artifactKey}`} className={buttonClass("quiet")}>
          Open the trash
        </Link>
      </div>
    </PageMessage>
  );
}
