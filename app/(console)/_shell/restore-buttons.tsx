import { RotateCcw } from "lucide-react";
import { Button } from "#app/_ui/button";
import { ReasonButton, requestReason, type Why } from "#app/_ui/confirm";

/** Restores something at once, or with a reason. `name` is what the question calls it. */
export function RestoreButtons({
  name,
  isPending,
  onRestore,
}: {
  name: string;
  isPending: boolean;
  onRestore: (why: Why) => void;
}) {
  return (
    <span className="flex gap-1">
      <Button disabled={isPending} onClick={() => onRestore({})}>
        <RotateCcw aria-hidden className="size-4" />
        Restore
      </Button>
      <ReasonButton label="Restore" disabled={isPending} onClick={() => requestRestore(name, onRestore)} />
    </span>
  );
}

/** Asks why something is restored. */
export function requestRestore(name: string, onRestore: (why: Why) => void): void {
  requestReason({
    title: `Restore ${name}?`,
    text: "The reason is shown in the history.",
    confirm: "Restore",
    look: "primary",
    run: onRestore,
  });
}
