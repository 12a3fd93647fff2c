import { Pin } from "lucide-react";

/** Beside the name of a pinned key. */
export function PinMark() {
  return (
    <span title="Pinned" className="relative -mr-1 shrink-0 self-center">
      <Pin aria-hidden className="size-3.5 fill-current text-faint" />
      <span className="sr-only">Pinned</span>
    </span>
  );
}
