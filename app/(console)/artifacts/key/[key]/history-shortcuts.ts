import { useRouter } from "next/navigation";
import { useShortcuts } from "#app/_ui/shortcut";

/** What the keys do on a history of which one version is open: `[` and `]` go to its neighbours, where it has them. */
export function useHistoryShortcuts({ older, newer }: { older: string | null; newer: string | null }) {
  const router = useRouter();
  const to = (label: string, href: string | null) =>
    href === null ? undefined : { label, run: () => router.replace(href, { scroll: false }), repeats: true };
  useShortcuts({ "[": to("Older version", older), "]": to("Newer version", newer) }, "History");
}
