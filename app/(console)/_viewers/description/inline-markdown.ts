export interface InlinePiece {
  mark: "strong" | "em" | "code" | null;
  text: string;
}

/** Characters without a meaning in markdown or in URLs. */
const PLAIN = "[^\\n*_`~[\\]<>#|\\\\&!:/@]";
const WORD = "[\\p{L}\\p{N}]";
const INNER = `${WORD}(?:${PLAIN}*${WORD})?`;
const PIECE = new RegExp(
  `\\*\\*(?<strong>${INNER})\\*\\*|\\*(?<em>${INNER})\\*|\`(?<code>${WORD}(?:[^\`\\n]*${WORD})?)\`|(?<plain>${PLAIN}+)`,
  "uy",
);
const BOUNDARY = /[\s(),.;?"'’”“–—]/;

/**
 * Parses a single line of markdown whose only marks are `**strong**`, `*emphasis*` and `` `code` ``, each around whole
 * words. Null for any other text, which needs the markdown parser.
 */
export function parseInline(line: string): InlinePiece[] | null {
  const text = line.trim();
  // Another start may begin a list, a quote or a rule; a host name may become a link.
  if (!/^(?:\p{L}|[*`(“"])/u.test(text) || /^\*\s|www\./i.test(text)) return null;
  const pieces: InlinePiece[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const start = PIECE.lastIndex;
    const found = PIECE.exec(text)?.groups;
    if (!found) return null;
    const mark = (["strong", "em", "code"] as const).find((each) => found[each] !== undefined) ?? null;
    const neighbours = [text[start - 1] ?? " ", text[PIECE.lastIndex] ?? " "];
    if (mark && !neighbours.every((character) => BOUNDARY.test(character))) return null;
    pieces.push({ mark, text: found[mark ?? "plain"] ?? "" });
  }
  return pieces;
}
