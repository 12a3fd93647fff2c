import { useRouter } from "next/navigation";
import { useShortcuts } from "#app/_ui/shortcut";

/** What the keys do on a history, the newest first, of which one is open: `[` and `]` go to its neighbours. */
export function useHistoryShortcuts(hrefs: string[], open: number) {
  const router = useRouter();
  const to = (says: string, at: number) => {
    const href = hrefs[at];
    return href && open >= 0 ? { says, run: () => router.replace(href, { scroll: false }), repeats: true } : undefined;
  };
  useShortcuts(
    {
      "[": to("Older version", open + 1),
      "]": to("Newer version", open - 1),
    },
    "History",
  );
}
