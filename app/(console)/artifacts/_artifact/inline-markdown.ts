/** A piece of a line: text, or text within one mark. */
export interface Piece {
  mark: "strong" | "em" | "code" | null;
  text: string;
}

/** Words that no rule of markdown, or of addresses in it, says anything about. */
const PLAIN = "[^\\n*_`~[\\]<>#|\\\\&!:/@]";
const WORD = "[\\p{L}\\p{N}]";
const INNER = `${WORD}(?:${PLAIN}*${WORD})?`;
const PIECE = new RegExp(
  `\\*\\*(?<strong>${INNER})\\*\\*|\\*(?<em>${INNER})\\*|\`(?<code>${WORD}(?:[^\`\\n]*${WORD})?)\`|(?<plain>${PLAIN}+)`,
  "uy",
);
const BETWEEN = /[\s(),.;?"'’”“–—]/;

/**
 * The pieces of a single line of markdown whose only marks are `**strong**`, `*emphasis*` and `` `code` ``, each around
 * whole words, or null for any other text: that is for the whole of markdown, which weighs a hundred times as much.
 */
export function parseInline(line: string): Piece[] | null {
  const text = line.trim();
  // What begins otherwise may begin a list, a quote or a rule; what names a host may become a link.
  if (!/^(?:\p{L}|[*`(“"])/u.test(text) || /^\*\s|www\./i.test(text)) return null;
  const pieces: Piece[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const start = PIECE.lastIndex;
    const found = PIECE.exec(text)?.groups;
    if (!found) return null;
    const mark = (["strong", "em", "code"] as const).find((each) => found[each] !== undefined) ?? null;
    const around = [text[start - 1] ?? " ", text[PIECE.lastIndex] ?? " "];
    if (mark && !around.every((beside) => BETWEEN.test(beside))) return null;
    pieces.push({ mark, text: found[mark ?? "plain"] ?? "" });
  }
  return pieces;
}
