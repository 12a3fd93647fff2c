/** What may differ between two texts that look the same. */
export type Invisible = "line ends" | "spaces" | "invisible characters" | "look-alike letters";

/** Cyrillic and Greek letters, and punctuation, with the Latin ones that they look like. */
const LOOK_ALIKES: Record<string, string> = pairs(
  "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅαοινρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—−‘’ʼ“”",
  "aeopcyxijshdqwABEKMHOPCTYXIJSaoivpABEZHIKMNOPTYX------'''\"\"",
);
const LOOK_ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join("")}]`, "g");

const NORMALIZE: Record<Invisible, (text: string) => string> = {
  "line ends": (text) => text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(/\n+$/, ""),
  spaces: (text) => text.replace(/[^\S\r\n\ufeff]+/g, " ").replace(/ ?(\r\n?|\n|$) ?/g, "$1"),
  "invisible characters": (text) => text.replace(/\p{Cf}|\p{Variation_Selector}/gu, ""),
  "look-alike letters": (text) => text.normalize("NFKC").replace(LOOK_ALIKE, (letter) => LOOK_ALIKES[letter] ?? letter),
};
const ALL = ["line ends", "spaces", "invisible characters", "look-alike letters"] as const;
/** In characters; longer texts are not examined. */
const MAX_LENGTH = 200_000;

/** What differs between two texts if nothing else does; empty if they differ visibly, or not at all. */
export function invisibleDifferences(from: string, to: string): Invisible[] {
  if (from === to || from.length > MAX_LENGTH || to.length > MAX_LENGTH) return [];
  const isSame = (kinds: readonly Invisible[]) => normalized(from, kinds) === normalized(to, kinds);
  if (!isSame(ALL)) return [];
  const needed = ALL.filter((kind) => !isSame(ALL.filter((other) => other !== kind)));
  return needed.length > 0 ? needed : ALL.filter((kind) => isSame([kind])).slice(0, 1);
}

function normalized(text: string, kinds: readonly Invisible[]): string {
  return kinds.reduce((current, kind) => NORMALIZE[kind](current), text);
}

/**
 * A text with signs for the characters that a reader does not see, and the code points of look-alikes. `edges`: spaces
 * around visible characters get signs too, which are only noise in a word that changed.
 */
export function withSigns(text: string, edges: boolean): string {
  const isBlank = text.trim() === "";
  const spaces = isBlank || edges ? text.replace(/^ +| +$/g, (run) => "·".repeat(run.length)) : text;
  return spaces
    .replaceAll("\r", "[CR]")
    .replaceAll("\t", "⇥")
    .replace(/[^\S \n]|\p{Cf}|\p{Variation_Selector}/gu, codePoint)
    .replace(LOOK_ALIKE, (letter) => (/\p{L}/u.test(letter) ? `${letter}${codePoint(letter)}` : letter));
}

function codePoint(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}

function pairs(from: string, to: string): Record<string, string> {
  return Object.fromEntries(Array.from(from, (letter, at) => [letter, [...to][at] ?? letter]));
}
