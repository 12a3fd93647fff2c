import { isUtf8 } from "node:buffer";
import { detectAll } from "jschardet";
import { evidentEncoding, withLetters } from "#formats/delimited/encoding";
import { usageError } from "../terminal/error";
import { hasBinaryBytes } from "./binary";

export interface EncodedText {
  /** The text in UTF-8, without a byte order mark. */
  utf8: Uint8Array;
  /** The encoding of the bytes that were read, as the WHATWG names it. */
  encoding: string;
}

const DEFAULT = "windows-1252";

/** What `jschardet` may find, by WHATWG name: encodings that files have in practice. */
const GUESSES = [
  DEFAULT,
  ..."windows-1250 windows-1251 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257".split(" "),
  ..."iso-8859-2 koi8-r shift_jis euc-jp gb18030 big5 euc-kr".split(" "),
];

/** With fewer different bytes beyond ASCII, such as a degree sign alone, statistics say nothing. */
const MIN_DISTINCT_BYTES = 4;

/** The default applies unless another encoding is so many times as likely. */
const MARGIN = 2;

/** How many bytes a guess reads, from shortly before the first byte beyond ASCII. */
const SAMPLE = 64 * 1024;

/**
 * Converts text to UTF-8: from the encoding `label`, else that of its byte order mark, else UTF-8 if it is, else UTF-16
 * without a mark, else the most likely one. Null for binary data.
 * @throws CliError (usage) for an unknown encoding, or one that the bytes are not in
 */
export function toUtf8(name: string, bytes: Uint8Array, label?: string): EncodedText | null {
  if (label !== undefined) return decoded(name, bytes, label);
  const evident = evidentEncoding(bytes);
  if (evident) return decoded(name, bytes, evident);
  if (isUtf8(bytes)) return { utf8: bytes, encoding: "utf-8" };
  if (hasBinaryBytes(bytes)) return null;
  const likely = guess(bytes);
  // The guess is of a part of the bytes; the default can decode any.
  return decode(bytes, likely) ?? decoded(name, bytes, DEFAULT);
}

function decoded(name: string, bytes: Uint8Array, label: string): EncodedText {
  const text = decode(bytes, label);
  if (text) return text;
  throw usageError(`${name} is not valid ${label}; choose another encoding with --encoding.`);
}

/** Null if the bytes are not in that encoding. @throws CliError (usage) for an unknown encoding */
function decode(bytes: Uint8Array, label: string): EncodedText | null {
  const decoder = decoderFor(label);
  try {
    const text = decoder.decode(bytes);
    return {
      utf8: Buffer.from(decoder.encoding === DEFAULT ? withLetters(text) : text),
      encoding: decoder.encoding,
    };
  } catch {
    return null;
  }
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    const examples = "utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis, gb18030 …";
    throw usageError(`Unknown encoding "${label}" for --encoding: use ${examples}`);
  }
}

function guess(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(Math.max(0, first - 1024), first + SAMPLE);
  if (new Set(sample.filter((byte) => byte > 0x7f)).size < MIN_DISTINCT_BYTES) return DEFAULT;
  const confidence = new Map<string, number>();
  for (const { encoding, confidence: value } of detectAll(sample)) {
    const name = encoding?.toLowerCase() ?? "";
    if (GUESSES.includes(name)) confidence.set(name, value);
  }
  const [best = DEFAULT, most = 0] = [...confidence].reduce((a, b) => (b[1] > a[1] ? b : a), ["", 0] as const);
  return best && most > MARGIN * (confidence.get(DEFAULT) ?? 0) ? best : DEFAULT;
}
