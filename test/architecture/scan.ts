const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;
const REGEXP = /(?<=[(,=:[!&|?{};+>\n]\s*|\breturn\s+)\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

/** The text with comments, strings, templates and regular expressions blanked; every offset and line stays. */
export function codeOf(text: string): string {
  const blank = (token: string) => token.replace(/[^\n]/g, " ");
  return text.replace(REGEXP, blank).replace(TOKEN, blank);
}

/** The line, from 1, in which an offset lies. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** How many lines a text has; a last line end starts no line. */
export function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
