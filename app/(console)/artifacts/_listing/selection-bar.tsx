"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { formatCount, pluralize } from "#formats/number";
import { type Selection, SelectionToolbar } from "../../_list/selection";
import { restorableText } from "../../_list/trash-retention";
import { useDeleteKeys } from "./delete-mutations";

const MOST_LISTED = 20;

/** The actions on selected rows. `keys` are those of the selected rows where each row stands for all versions of its key. */
export function SelectionBar({
  selection,
  keys,
  trashDays,
  onDelete,
}: {
  selection: Selection;
  keys: { key: string; versions: number }[];
  trashDays: number;
  onDelete: () => void;
}) {
  const [confirming, setConfirming] = useState(false);
  const deleteKeys = useDeleteKeys();
  const versions = keys.reduce((sum, each) => sum + each.versions, 0);
  const close = () => setConfirming(false);
  return (
    <SelectionToolbar selection={selection}>
      <Button onClick={onDelete}>
        <Trash2 aria-hidden className="size-3.5" />
        {keys.length === 0 ? "Delete" : keys.length === 1 ? "Delete latest version" : "Delete latest version of each"}
      </Button>
      {keys.length > 0 && (
        <Button look="danger" onClick={() => setConfirming(true)}>
          Delete all versions
        </Button>
      )}
      <Confirm
        open={confirming}
        title={`Delete ${pluralize(keys.length, "artifact")}?`}
        confirm={`Delete ${pluralize(versions, "version")}`}
        busy={deleteKeys.isPending}
        onConfirm={() =>
          deleteKeys.mutate(
            { keys: keys.map(({ key }) => key) },
            { onSuccess: () => selection.setAll(false), onSettled: close },
          )
        }
        onClose={close}
      >
        {versions === 1 ? "1 version" : `All ${formatCount(versions)} versions`} will move to the trash.{" "}
        {restorableText(trashDays)}
        <span className="mt-2 block max-h-40 overflow-y-auto break-words">
          {keys
            .slice(0, MOST_LISTED)
            .map(({ key }) => key)
            .join(", ")}
          {keys.length > MOST_LISTED && ` and ${formatCount(keys.length - MOST_LISTED)} more`}
        </span>
      </Confirm>
    </SelectionToolbar>
  );
}
