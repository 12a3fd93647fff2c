"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { pluralize } from "#formats/number";
import { restorableText } from "../../../_list/trash-retention";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { useDeleteKey } from "../../_artifact/use-delete";
import { keyQuery } from "./queries";

/** The name of a key, its number of versions, and its deletion after a confirmation. */
export function KeyHeader({
  artifactKey,
  trashDays,
  children,
}: {
  artifactKey: string;
  /** How long deleted versions can be restored. */
  trashDays: number;
  children: ReactNode;
}) {
  const [confirming, setConfirming] = useState(false);
  const versions = useQuery(keyQuery(useApi(), artifactKey)).data?.[0]?.versions;
  const deletion = useDeleteKey(artifactKey);
  const count = versions === undefined ? "all versions" : pluralize(versions, "version");
  return (
    <header>
      <Breadcrumb at={[{ name: artifactKey }]} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{artifactKey}</h1>
        <span className="pt-1 text-faint text-sm tabular-nums">{versions !== undefined && count}</span>
        <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
          {children}
          <Button onClick={() => setConfirming(true)}>
            <Trash2 aria-hidden className="size-3.5" />
            Delete all versions
          </Button>
        </div>
      </div>
      <Confirm
        open={confirming}
        title={`Delete ${artifactKey}?`}
        confirm={`Delete ${count}`}
        busy={deletion.isPending}
        onConfirm={() => deletion.mutate({ key: artifactKey }, { onSettled: () => setConfirming(false) })}
        onClose={() => setConfirming(false)}
      >
        {versions === 1 ? "Its only version" : versions === undefined ? "All versions" : `All ${count}`} will move to
        the trash. {restorableText(trashDays)}
      </Confirm>
    </header>
  );
}
