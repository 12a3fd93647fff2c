const FOREGROUND = "foreground";
const BACKGROUND = "background";

/** The codes in force, by what they set; those of weights and decorations by themselves. */
export type Style = Map<string, string>;

/** Applies a sequence of codes as in `ESC[1;31m`. */
export function applyCodes(style: Style, sequence: string): void {
  const codes = sequence.split(";").map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code !== 38 && code !== 48) {
      applyCode(style, code);
      continue;
    }
    const colour = codes.slice(at, at + lengthOfColour(codes[at + 1]));
    at += Math.max(1, colour.length - 1);
    if (colour.length > 2 && colour.every((each) => each <= 255)) {
      style.set(code === 38 ? FOREGROUND : BACKGROUND, colour.join(";"));
    }
  }
}

/** In codes: `38;5;n` or `38;2;r;g;b`. */
function lengthOfColour(kind: number | undefined): number {
  if (kind === 5) return 3;
  return kind === 2 ? 5 : 2;
}

function applyCode(style: Style, code: number): void {
  if (code === 0) style.clear();
  else if (code < 10) style.set(String(code), String(code));
  else if (code === 39) style.delete(FOREGROUND);
  else if (code === 49) style.delete(BACKGROUND);
  else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) style.set(FOREGROUND, String(code));
  else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) style.set(BACKGROUND, String(code));
  else if (code >= 21 && code < 30) {
    style.delete(String(code - 20));
    if (code === 22) style.delete("1");
  }
}
