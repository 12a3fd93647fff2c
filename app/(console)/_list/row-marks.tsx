import { Pin } from "lucide-react";
import type { ReactNode } from "react";

/** Beside the name of a pinned key. */
export function PinMark() {
  return (
    <Mark label="Pinned" className="-mr-1">
      <Pin aria-hidden className="size-3.5 fill-current text-faint" />
    </Mark>
  );
}

/** Beside the name of a key whose latest version the reader has not seen. */
export function UnreadMark() {
  return (
    <Mark label="Unread" title="Changed since you last looked" className="-mr-0.5">
      <span aria-hidden className="block size-2 rounded-full bg-accent" />
    </Mark>
  );
}

function Mark(props: { label: string; title?: string; className: string; children: ReactNode }) {
  const { label, title = label, className, children } = props;
  return (
    <span title={title} className={`relative shrink-0 self-center ${className}`}>
      {children}
      <span className="sr-only">{label}</span>
    </span>
  );
}
