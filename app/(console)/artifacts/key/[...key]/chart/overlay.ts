/** A line beside that of the key: the same measure of another key, or a metadata field of this one. */
export type Overlay = { key: string } | { field: string };

/** More lines could not be told apart. */
export const MAX_OVERLAYS = 4;

/** The lines that the URL names: `key:NAME` and `field:NAME`. */
export function parseOverlays(names: string[]): Overlay[] {
  const overlays = [...new Set(names)].flatMap((name): Overlay[] => {
    const [, kind, rest = ""] = /^(key|field):(.+)$/s.exec(name) ?? [];
    if (kind === undefined) return [];
    return [kind === "key" ? { key: rest } : { field: rest }];
  });
  return overlays.slice(0, MAX_OVERLAYS);
}

export function overlayParam(overlays: Overlay[]): string[] {
  return overlays.map((each) => ("key" in each ? `key:${each.key}` : `field:${each.field}`));
}

/** The name of a line: that of its key, or of its field. */
export function overlayName(overlay: Overlay): string {
  return "key" in overlay ? overlay.key : overlay.field;
}
