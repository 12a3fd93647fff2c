import { createParser } from "nuqs/server";

/** The first and the last version in a chart. */
export interface Zoom {
  from: number;
  to: number;
}

/** `12-40`; null for what is not a range of versions. */
export const parseAsZoom = createParser<Zoom>({
  parse: (text) => {
    const [, from = 0, to = 0] = (/^(\d{1,9})-(\d{1,9})$/.exec(text) ?? []).map(Number);
    return from >= 1 && to > from ? { from, to } : null;
  },
  serialize: ({ from, to }) => `${from}-${to}`,
});
