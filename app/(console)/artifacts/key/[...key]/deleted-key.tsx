"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Age, Timestamp } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import type { TrashedArtifact } from "#contract/trash";
import { keyHref } from "../../../_list/artifact-url";
import { Message } from "../../../_shell/page-error";
import { RestoreButtons } from "../../../_shell/restore-buttons";
import { RoleNote } from "../../../_shell/role-note";
import { renamedQuery } from "./queries";

/** The page of a key that lost its versions while it was open: it opens the key that this one was renamed to. */
export function RenamedOrDeletedKey({ artifactKey }: { artifactKey: string }) {
  const router = useRouter();
  const { data: renamedTo } = useQuery(renamedQuery(useApi(), artifactKey));
  useEffect(() => {
    if (renamedTo) router.replace(keyHref(renamedTo));
  }, [renamedTo, router]);
  return renamedTo === null ? <DeletedKey artifactKey={artifactKey} last={null} /> : null;
}

/** The page of a key without versions, of which some are in the trash. Restores what was deleted last, where that is known. */
export function DeletedKey({ artifactKey, last }: { artifactKey: string; last: TrashedArtifact | null }) {
  const { mayWrite } = useRole();
  const refresh = useRefresh();
  const restore = useMutation(
    useApi().trash.restoreRemoval.mutationOptions({ onSuccess: refresh, onError: toastError }),
  );
  return (
    <Message title={`${artifactKey} is in the trash`}>
      <p>
        All of its versions were deleted.
        {last && (
          <>
            {" "}
            The last was deleted <Age of={last.removed} suffix=" ago" />, on <Timestamp of={last.removed} />.
          </>
        )}
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {last && mayWrite && (
          <RestoreButtons
            name={artifactKey}
            isPending={restore.isPending}
            onRestore={(why) => restore.mutate({ removal: last.removal, ...why })}
          />
        )}
        <Link href={`/trash?key=${artifactKey}`} className={buttonClass("quiet")}>
          Open trash
        </Link>
      </div>
      <RoleNote action="Restoring" requires="write" className="mt-4" />
    </Message>
  );
}
