import { createContext } from "react";

/** What relative URLs in markdown lead to, where it is a file among others. */
export interface RelativeLinks {
  /** Null for a URL that isn't relative. */
  linkOf: (url: string) => { href: string; open: () => void } | null;
  /** The URL of an image; null for one that isn't relative. */
  imageOf: (url: string) => string | null;
}

export const RelativeLinksContext = createContext<RelativeLinks | null>(null);
