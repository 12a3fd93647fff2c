"use client";

import { Confirm } from "#app/_ui/confirm";
import { pluralize } from "#formats/number";
import { restorableText } from "../../../../_list/trash-retention";
import { useDeleteKey } from "../../../_artifact/use-delete";

/** Asks before all versions of a key are deleted. */
export function DeleteKey({
  artifactKey,
  versions,
  trashDays,
  onClose,
}: {
  artifactKey: string;
  versions: number;
  trashDays: number;
  onClose: () => void;
}) {
  const deletion = useDeleteKey(artifactKey);
  return (
    <Confirm
      open
      title={`Delete ${artifactKey}?`}
      confirm={`Delete ${pluralize(versions, "version")}`}
      busy={deletion.isPending}
      withReason
      onConfirm={(why) => deletion.mutate({ key: artifactKey, ...why }, { onSettled: onClose })}
      onClose={onClose}
    >
      {versions === 1 ? "Its only version" : `All ${pluralize(versions, "version")}`} will move to the trash.{" "}
      {restorableText(trashDays, versions)}
    </Confirm>
  );
}
