import localFont from "next/font/local";

// Subsets of Geist, written by `npm run fonts` from the ranges below: most pages need the Latin ones only.

const sansLatin = localFont({
  src: "./fonts/sans-latin.woff2",
  variable: "--font-sans-latin",
  weight: "400 700",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+21B5, U+2212, U+2248, U+2260, U+2264-2265, U+2318, U+FFFD",
    },
  ],
});

const sansExtended = localFont({
  src: "./fonts/sans-extended.woff2",
  variable: "--font-sans-extended",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02D9, U+02DB, U+02DD-036F, U+1E00-1EFF, U+20A0-20AB, U+20AD-20C0, U+2100-2121, U+2123-218F, U+2194-21B4, U+21B6-2211, U+2213-2247, U+2249-225F, U+2261-2263, U+2266-2317, U+2319-2BFF, U+A720-A7FF",
    },
  ],
});

const sansCyrillic = localFont({
  src: "./fonts/sans-cyrillic.woff2",
  variable: "--font-sans-cyrillic",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+0400-052F" }],
});

// Only code, keys of the keyboard and the like are in a font of fixed width.
const monoLatin = localFont({
  src: "./fonts/mono-latin.woff2",
  variable: "--font-mono-latin",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0020-007E, U+00A0-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+21B5, U+2212, U+2248, U+2260, U+2264-2265, U+2318, U+FFFD",
    },
  ],
});

const monoExtended = localFont({
  src: "./fonts/mono-extended.woff2",
  variable: "--font-mono-extended",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02D9, U+02DB, U+02DD-036F, U+1E00-1EFF, U+20A0-20AB, U+20AD-20C0, U+2100-2121, U+2123-218F, U+2194-21B4, U+21B6-2211, U+2213-2247, U+2249-225F, U+2261-2263, U+2266-2317, U+2319-2BFF, U+A720-A7FF",
    },
  ],
});

const monoCyrillic = localFont({
  src: "./fonts/mono-cyrillic.woff2",
  variable: "--font-mono-cyrillic",
  weight: "400 700",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+0400-052F" }],
});

/** The classes that declare the fonts' variables, for the outermost element. */
export const FONTS = [sansLatin, sansExtended, sansCyrillic, monoLatin, monoExtended, monoCyrillic]
  .map(({ variable }) => variable)
  .join(" ");
