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

/** Beside the name of a key whose latest version the reader has not seen. */
export function UnreadMark() {
  return (
    <span title="Changed since you last looked" className="relative -mr-0.5 shrink-0 self-center">
      <span aria-hidden className="block size-2 rounded-full bg-accent" />
      <span className="sr-only">Unread</span>
    </span>
  );
}
