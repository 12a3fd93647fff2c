"use client";

import { Confirm, type Why } from "#app/_ui/confirm";
import { formatCount, pluralize } from "#formats/number";
import { restorableText } from "../../_list/trash-retention";
import type { DeletedKey } from "./row-actions";

const MOST_LISTED = 20;

/** Asks before keys are deleted with all their versions. */
export function DeleteKeys({
  keys,
  trashDays,
  onConfirm,
  onClose,
}: {
  keys: DeletedKey[] | null;
  trashDays: number;
  onConfirm: (why: Why) => void;
  onClose: () => void;
}) {
  const listed = keys ?? [];
  const versions = listed.reduce((sum, each) => sum + each.versions, 0);
  return (
    <Confirm
      open={keys !== null}
      title={listed.length === 1 ? `Delete ${listed[0]?.key}?` : `Delete ${pluralize(listed.length, "artifact")}?`}
      confirm={`Delete ${pluralize(versions, "version")}`}
      withReason
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {versions === 1 ? "1 version" : `All ${formatCount(versions)} versions`} will move to the trash.{" "}
      {restorableText(trashDays, versions)}
      {listed.length > 1 && (
        <span className="mt-2 block max-h-40 overflow-y-auto break-words">
          {listed
            .slice(0, MOST_LISTED)
            .map(({ key }) => key)
            .join(", ")}
          {listed.length > MOST_LISTED && ` and ${formatCount(listed.length - MOST_LISTED)} more`}
        </span>
      )}
    </Confirm>
  );
}
