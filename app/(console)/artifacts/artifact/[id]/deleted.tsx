"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Age, Timestamp } from "#app/_ui/age";
import { Button, buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";
import { RoleNote } from "../../../_shell/role-note";

/** The page of an artifact without a key that is in the trash. */
export function DeletedArtifact({ id, removedAt }: { id: string; removedAt: string }) {
  const { mayWrite } = useRole();
  const refresh = useRefresh();
  const restore = useMutation(useApi().artifact.restore.mutationOptions({ onSuccess: refresh, onError: toastError }));
  return (
    <PageMessage title="This artifact is in the trash">
      <p>
        It was deleted <Age of={removedAt} suffix=" ago" />, on <Timestamp of={removedAt} />.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {mayWrite && (
          <Button disabled={restore.isPending} onClick={() => restore.mutate({ id })}>
            <RotateCcw aria-hidden className="size-4" />
            Restore
          </Button>
        )}
        <Link href="/trash" className={buttonClass("quiet")}>
          Open trash
        </Link>
      </div>
      <RoleNote action="Restoring" requires="write" className="mt-4" />
    </PageMessage>
  );
}
