import { ArrowUpRight } from "lucide-react";
import { parseLink, safeUrl } from "#formats/url";
import type { ViewerProps } from "./shared/viewer-props";

export function LinkViewer({ data }: ViewerProps) {
  const link = parseLink(data);
  return link && <LinkCard {...link} />;
}

/** A link with its text and its actual address. An address with an unsafe scheme is shown as text. */
export function LinkCard({ url, text }: { url: string; text: string }) {
  const address = safeUrl(url);
  if (!address) {
    return (
      <div className="rounded-md border border-dashed border-edge px-4 py-3">
        <div className="break-words font-medium">{text}</div>
        <div className="mt-1 break-all font-mono text-soft text-xs">{url}</div>
        <p className="mt-2 text-soft text-sm">Link disabled: only http, https and mailto URLs open.</p>
      </div>
    );
  }
  return (
    <a
      href={address.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="group flex items-center gap-3 rounded-md border px-4 py-3 transition-colors hover:border-edge hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block break-words font-medium text-accent group-hover:underline">{text}</span>
        <span className="mt-0.5 block break-all font-mono text-faint text-xs">{address.href}</span>
      </span>
      <ArrowUpRight aria-hidden className="size-4 shrink-0 text-faint" />
    </a>
  );
}
