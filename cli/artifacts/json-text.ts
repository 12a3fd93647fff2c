import type { Json } from "#contract/json";

/** The tokens of a JSON text: strings, marks, and everything between. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** A JSON text over lines, with every string and number as it was spelled. The text must be JSON. */
export function formatJson(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  let [written, depth] = ["", 0];
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [at, token] of tokens.entries()) {
    const closed = /[}\]]/.test(tokens[at + 1] ?? "") && tokens[at + 1]?.length === 1;
    if (token === "{" || token === "[") {
      depth += 1;
      written += closed ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      written += /^[{[]$/.test(tokens[at - 1] ?? "") ? token : line() + token;
    } else if (token === ",") written += token + line();
    else written += token === ":" ? ": " : token;
  }
  return written;
}

/** The value of a JSON text in which a number that JavaScript would spell otherwise is the text of that number. */
export function parseExactNumbers(text: string): Json {
  return JSON.parse(
    text.replace(TOKEN, (token) =>
      /^[-\d]/.test(token) && JSON.stringify(Number(token)) !== token ? JSON.stringify(token) : token,
    ),
  );
}
