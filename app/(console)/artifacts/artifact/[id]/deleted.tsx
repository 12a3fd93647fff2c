"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Age, Timestamp } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import { Message } from "../../../_shell/page-error";
import { RestoreButtons } from "../../../_shell/restore-buttons";
import { RoleNote } from "../../../_shell/role-note";

/** The page of an artifact without a key that is in the trash. */
export function DeletedArtifact({ id, removedAt }: { id: string; removedAt: string }) {
  const { mayWrite } = useRole();
  const refresh = useRefresh();
  const restore = useMutation(useApi().artifact.restore.mutationOptions({ onSuccess: refresh, onError: toastError }));
  return (
    <Message title="This artifact is in the trash">
      <p>
        It was deleted <Age of={removedAt} suffix=" ago" />, on <Timestamp of={removedAt} />.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {mayWrite && (
          <RestoreButtons
            name="this artifact"
            isPending={restore.isPending}
            onRestore={(why) => restore.mutate({ id, ...why })}
          />
        )}
        <Link href="/trash" className={buttonClass("quiet")}>
          Open trash
        </Link>
      </div>
      <RoleNote action="Restoring" requires="write" className="mt-4" />
    </Message>
  );
}
