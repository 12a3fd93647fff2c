"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { pluralize } from "#formats/number";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { useDeleteKey } from "../../_artifact/use-delete";
import { keyQuery } from "./queries";

/** What a key is called, how many versions it has, choices (`children`), and its deletion, which asks first and names the count. */
export function KeyHeader({ artifactKey, children }: { artifactKey: string; children: ReactNode }) {
  const [asking, setAsking] = useState(false);
  const versions = useQuery(keyQuery(useApi(), artifactKey)).data?.[0]?.versions;
  const remove = useDeleteKey(artifactKey);
  const many = versions === undefined ? "all its versions" : pluralize(versions, "version");
  return (
    <header>
      <Breadcrumb at={[{ name: artifactKey }]} />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{artifactKey}</h1>
        <span className="pt-1 text-faint text-sm tabular-nums">{versions !== undefined && many}</span>
        <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
          {children}
          <Button onClick={() => setAsking(true)}>
            <Trash2 aria-hidden className="size-3.5" />
            Delete key
          </Button>
        </div>
      </div>
      <Confirm
        open={asking}
        title={`Delete ${artifactKey}?`}
        confirm={`Delete ${many}`}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ key: artifactKey }, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {versions === 1 ? "Its one version goes" : `Its ${many} go`} to the trash, from which everything can be
        restored.
      </Confirm>
    </header>
  );
}
