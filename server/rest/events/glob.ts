/** `*`, or whether a character matches. */
type Token = "*" | ((letter: string) => boolean);

/**
 * A pattern as Python's `fnmatch` has them: `*` is any text, `?` any character, `[a-z]` and `[!a-z]` one of some. The time
 * of a match is bounded by the product of both lengths, whatever the pattern.
 */
export function parseGlob(glob: string): (text: string) => boolean {
  const tokens = [...glob.matchAll(/\[!?\]?[^\]]*\]|./gsu)].map(([part]) => parseToken(part));
  return (text) => isMatch([...text], tokens);
}

function parseToken(part: string): Token {
  if (part === "*") return "*";
  if (part === "?") return () => true;
  if (!/^\[.+\]$/su.test(part)) return (letter) => letter === part;
  const isNegated = part[1] === "!";
  const ranges = [...part.slice(isNegated ? 2 : 1, -1).matchAll(/(.)-(.)|./gsu)];
  const isOne = (letter: string) => ranges.some(([one, from = one, to = one]) => from <= letter && letter <= to);
  return (letter) => isOne(letter) !== isNegated;
}

/** Goes back to the last `*` alone, which suffices: what an earlier one could match, the last can too. */
function isMatch(letters: string[], tokens: Token[]): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let index = 0; index < letters.length; ) {
    const token = tokens[at];
    if (token === "*") {
      star = at++;
      afterStar = index;
    } else if (token?.(letters[index] ?? "")) {
      at++;
      index++;
    } else if (star < 0) {
      return false;
    } else {
      at = star + 1;
      index = ++afterStar;
    }
  }
  return tokens.slice(at).every((token) => token === "*");
}
