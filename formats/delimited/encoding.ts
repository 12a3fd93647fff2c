/** The characters of windows-1252 from 0x80 to 0x9f. */
const LETTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** How many bytes are looked at. */
const SAMPLE = 64 * 1024;

/** The encoding of a text by its byte order mark, or by the NUL bytes of UTF-16 without one; null where neither shows it. */
export function evidentEncoding(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  const marked = utf16Mark(bytes);
  if (marked) return marked;
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  return unmarkedUtf16(bytes.subarray(0, SAMPLE));
}

/** Which UTF-16 a text is in by its byte order mark; null without one. */
export function utf16Mark([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

/** The text of a file: in UTF-8, or as its byte order mark says in UTF-16. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(utf16Mark(bytes) ?? "utf-8").decode(bytes);
}

/** UTF-16 of mostly Latin text has NUL in every other byte, and only there. */
function unmarkedUtf16(start: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (start.length < 4 || start.length % 2 === 1 || !start.includes(0)) return null;
  const counts = [0, 0];
  for (const [at, byte] of start.entries()) if (byte === 0) counts[at % 2] = (counts[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = counts;
  if (Math.min(even, odd) > 0 || Math.max(even, odd) < start.length / 4) return null;
  return odd > 0 ? "utf-16le" : "utf-16be";
}

/** Text of windows-1252 with its letters: Node.js before 23.7 decodes it as Latin-1, which has control characters where the former has letters. */
export function withLetters(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => LETTERS[control.charCodeAt(0) - 0x80] ?? control);
}
