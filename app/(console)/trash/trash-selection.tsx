"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { pluralize } from "#formats/number";
import type { Selection } from "../_list/selection";
import { SelectionToolbar } from "../_list/selection-frame";
import { usePurge } from "./purge";
import { useRestoreMany } from "./restore";

/** What can be done with the removed versions that are chosen: bring them back, or delete them for good after a question. */
export function TrashSelection({ selection }: { selection: Selection }) {
  const [asking, setAsking] = useState(false);
  const restore = useRestoreMany();
  const purge = usePurge();
  const { ids } = selection;
  const many = pluralize(ids.length, "version");
  const letGo = { onSuccess: () => selection.all(false) };
  return (
    <SelectionToolbar selection={selection}>
      <Button disabled={restore.isPending} onClick={() => restore.mutate({ ids }, letGo)}>
        Restore
      </Button>
      <Button look="danger" onClick={() => setAsking(true)}>
        Delete for good
      </Button>
      <Confirm
        open={asking}
        title={`Delete ${many} for good?`}
        confirm="Delete for good"
        busy={purge.isPending}
        onConfirm={() => purge.mutate({ ids }, { ...letGo, onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {ids.length === 1 ? "It" : "They"} will be gone with {ids.length === 1 ? "its" : "their"} data. This cannot be
        undone.
      </Confirm>
    </SelectionToolbar>
  );
}
