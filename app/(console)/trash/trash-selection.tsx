"use client";

import { useState } from "react";
import { useRole } from "#app/_data/role";
import { Button } from "#app/_ui/button";
import { Confirm, ReasonButton, type Why } from "#app/_ui/confirm";
import { pluralize } from "#formats/number";
import type { Selection } from "../_list/selection/selection";
import { SelectionToolbar } from "../_list/selection/toolbar";
import { requestRestore } from "../_shell/restore-buttons";
import { useDeletePermanently, useRestoreVersions } from "./mutations";

export function TrashSelection({ selection }: { selection: Selection }) {
  const [confirming, setConfirming] = useState(false);
  const restore = useRestoreVersions();
  const deletePermanently = useDeletePermanently();
  const { mayAdmin } = useRole();
  const { ids } = selection;
  const versions = pluralize(ids.length, "version");
  const clearSelection = { onSuccess: () => selection.setAll(false) };
  const restoreSelected = (why: Why = {}) => restore.mutate({ ids, ...why }, clearSelection);
  return (
    <SelectionToolbar selection={selection}>
      <Button disabled={restore.isPending} onClick={() => restoreSelected()}>
        Restore
      </Button>
      <ReasonButton
        label="Restore"
        disabled={restore.isPending}
        onClick={() => requestRestore(versions, restoreSelected)}
      />
      {mayAdmin && (
        <Button look="danger" onClick={() => setConfirming(true)}>
          Delete permanently
        </Button>
      )}
      <Confirm
        open={confirming}
        title={`Delete ${versions} permanently?`}
        confirm="Delete permanently"
        busy={deletePermanently.isPending}
        withReason
        onConfirm={(why) =>
          deletePermanently.mutate({ ids, ...why }, { ...clearSelection, onSettled: () => setConfirming(false) })
        }
        onClose={() => setConfirming(false)}
      >
        {ids.length === 1 ? "It" : "They"} will be deleted with {ids.length === 1 ? "its" : "their"} data. This can't be
        undone.
      </Confirm>
    </SelectionToolbar>
  );
}
