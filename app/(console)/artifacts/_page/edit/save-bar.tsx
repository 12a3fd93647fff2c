import { useSyncExternalStore } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { pluralize } from "#formats/number";

const SHOWN_FIELDS = 4;

/** Stays at the bottom of the window: what a save would change, and why it can't. */
export function SaveBar({
  changed,
  action,
  busy,
  problem,
  reason,
  onReason,
  onCancel,
}: {
  /** Names of the changed fields. */
  changed: string[];
  /** What the button says. */
  action: string;
  busy: boolean;
  problem: string | null;
  reason: string;
  onReason: (reason: string) => void;
  onCancel: () => void;
}) {
  const saveKeys = useSaveKeys();
  return (
    // Buttons are at the left: notifications appear at the right.
    <div className="sticky bottom-0 z-[5] -mx-4 mt-8 -mb-20 flex flex-wrap items-center gap-x-2 gap-y-2 border-t bg-canvas px-4 py-3 sm:-mx-6 sm:px-6">
      <Button type="submit" look="primary" disabled={busy}>
        {busy ? "Saving…" : action}
      </Button>
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
      <TextField
        aria-label="Reason"
        placeholder="Reason (optional)"
        maxLength={500}
        value={reason}
        onChange={(event) => onReason(event.target.value)}
        className="min-w-0 flex-1 basis-40 sm:max-w-72"
      />
      <div className="min-w-0 flex-1 text-sm max-sm:order-first max-sm:basis-full sm:ml-2">
        <p role="status" className="truncate text-soft">
          {changed.length === 0 ? "No changes" : changesText(changed)}
        </p>
        {problem !== null && (
          <p role="alert" className="break-words text-danger">
            {problem}
          </p>
        )}
      </div>
      <span className="text-faint text-xs max-sm:hidden">{saveKeys} to save</span>
    </div>
  );
}

/** `2 changes: description, metadata.owner` */
function changesText(changed: string[]): string {
  const rest = changed.length - SHOWN_FIELDS;
  const names = changed.slice(0, SHOWN_FIELDS).join(", ");
  return `${pluralize(changed.length, "change")}: ${names}${rest > 0 ? ` and ${rest} more` : ""}`;
}

const neverChanges = () => () => {};

/** The keys that submit the form, as this platform writes them. */
function useSaveKeys(): string {
  return useSyncExternalStore(
    neverChanges,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘↵" : "Ctrl+↵"),
    () => "Ctrl+↵",
  );
}
