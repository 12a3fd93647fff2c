"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { formatCount, pluralize } from "#formats/number";
import type { Selection } from "../../_list/selection";
import { SelectionToolbar } from "../../_list/selection-frame";
import { useRemoveKeys } from "./bulk-delete";

/** A key that can be deleted whole, with how many versions of it live. */
interface Whole {
  key: string;
  versions: number;
}

/** What can be done with the rows that are chosen. `wholes` are their keys, where rows stand for keys. */
export function SelectionBar({
  selection,
  wholes,
  onRemove,
}: {
  selection: Selection;
  wholes: Whole[];
  onRemove: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const removeKeys = useRemoveKeys();
  const versions = wholes.reduce((sum, each) => sum + each.versions, 0);
  const many = `${pluralize(wholes.length, "key")} with ${pluralize(versions, "version")}`;
  const close = () => setAsking(false);
  return (
    <SelectionToolbar selection={selection}>
      <Button onClick={onRemove}>
        <Trash2 aria-hidden className="size-3.5" />
        {wholes.length === 0 ? "Delete" : wholes.length === 1 ? "Delete latest version" : "Delete latest versions"}
      </Button>
      {wholes.length > 0 && (
        <Button look="danger" onClick={() => setAsking(true)}>
          {wholes.length === 1 ? "Delete key" : "Delete keys"}
        </Button>
      )}
      <Confirm
        open={asking}
        title={`Delete ${pluralize(wholes.length, "key")}?`}
        confirm={`Delete ${pluralize(versions, "version")}`}
        busy={removeKeys.isPending}
        onConfirm={() =>
          removeKeys.mutate(
            { keys: wholes.map(({ key }) => key) },
            {
              onSuccess: () => selection.all(false),
              onSettled: close,
            },
          )
        }
        onClose={close}
      >
        {many} {versions === 1 ? "goes" : "go"} to the trash, from which everything can be restored.
        <span className="mt-2 block max-h-40 overflow-y-auto break-words">
          {wholes
            .slice(0, 20)
            .map(({ key }) => key)
            .join(", ")}
          {wholes.length > 20 && ` and ${formatCount(wholes.length - 20)} more`}
        </span>
      </Confirm>
    </SelectionToolbar>
  );
}
