import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import type { VersionLabel } from "#contract/label";

/** A link to what has to do with the version that a label names; `before` is what it does, for screen readers. */
export function LabelLink({
  of: { label, version },
  href,
  before,
  onClick,
}: {
  of: VersionLabel;
  href: string;
  before?: string;
  onClick?: () => void;
}) {
  return (
    <Link href={href} prefetch={false} onClick={onClick} className={buttonClass("plain", "max-w-full")}>
      {before && <span className="sr-only">{before} </span>}
      <span className="min-w-0 truncate">{label}</span>
      <span className="font-normal text-faint">v{version}</span>
    </Link>
  );
}
