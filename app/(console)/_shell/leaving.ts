type Confirm = (href: string) => void;

let confirm: Confirm | null = null;

/** Holds navigations by `leaveTo` while a page has something to lose. Returns what ends that. @param next gets the address to confirm */
export function holdLeaving(next: Confirm): () => void {
  confirm = next;
  return () => {
    if (confirm === next) confirm = null;
  };
}

/** Opens another page, once the one on screen has no objection. Links are held by that page itself. */
export function leaveTo(href: string, open: (href: string) => void): void {
  if (confirm) confirm(href);
  else open(href);
}
