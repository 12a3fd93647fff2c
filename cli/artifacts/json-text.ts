import type { Json } from "#contract/json";

/** The tokens of JSON text: strings, punctuation, and everything else but white space. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Indents valid JSON text like `JSON.stringify(…, null, 2)`, but keeps every string and number as it is written. */
export function formatJson(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  let result = "";
  let depth = 0;
  const lineEnd = () => `\n${"  ".repeat(depth)}`;
  for (const [at, token] of tokens.entries()) {
    if (token === "{" || token === "[") {
      depth += 1;
      const isEmpty = tokens[at + 1] === "}" || tokens[at + 1] === "]";
      result += isEmpty ? token : token + lineEnd();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const isEmpty = tokens[at - 1] === "{" || tokens[at - 1] === "[";
      result += isEmpty ? token : lineEnd() + token;
    } else if (token === ",") result += token + lineEnd();
    else result += token === ":" ? ": " : token;
  }
  return result;
}

/** Parses JSON text; a number that JavaScript would write differently, such as `1.0`, becomes a string of its text. */
export function parseExactNumbers(text: string): Json {
  return JSON.parse(
    text.replace(TOKEN, (token) =>
      /^[-\d]/.test(token) && JSON.stringify(Number(token)) !== token ? JSON.stringify(token) : token,
    ),
  );
}
