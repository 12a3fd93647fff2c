"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import type { ApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Age, Timestamp } from "#app/_ui/age";
import { Button, buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

/** The page of a version that is in the trash. */
export function DeletedArtifact({ id, error, removedAt }: { id: string; error: ApiError; removedAt: string }) {
  const { key, version } = error;
  const refresh = useRefresh();
  const restore = useMutation(useApi().artifact.restore.mutationOptions({ onSuccess: refresh, onError: toastError }));
  return (
    <PageMessage title={key ? `v${version} of ${key} is in the trash` : "This artifact is in the trash"}>
      <p>
        It was deleted <Age of={removedAt} suffix=" ago" />, on <Timestamp of={removedAt} />.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <Button disabled={restore.isPending} onClick={() => restore.mutate({ id })}>
          <RotateCcw aria-hidden className="size-4" />
          Restore
        </Button>
        <Link href={key ? `/trash?key=${key}` : "/trash"} className={buttonClass("quiet")}>
          Open trash
        </Link>
        {key && (
          <Link href={`/artifacts/key/${key}`} className={buttonClass("quiet")}>
            Other versions
          </Link>
        )}
      </div>
    </PageMessage>
  );
}
