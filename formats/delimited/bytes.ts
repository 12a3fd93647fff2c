import { evidentEncoding, withLetters } from "./encoding";
import { likelyEncoding } from "./encoding-guess";
import { type DelimitedLayout, detectLayout, LAYOUT_SAMPLE, type LayoutChoice } from "./layout";
import { DelimitedTableReader } from "./table";

/** What is said about a delimited text; undefined is detected. */
export interface DelimitedChoice extends LayoutChoice {
  encoding?: string | undefined;
  /** The separator if none is found. */
  usual?: string;
}

/** How a delimited text was read. */
export interface ReadLayout extends DelimitedLayout {
  encoding: string;
}

/** Reads the bytes of a delimited text as they come, with the encoding and layout that its start shows. */
export class DelimitedBytes {
  #parts: Uint8Array[] = [];
  #size = 0;
  #started: Started | null = null;

  constructor(private readonly choice: DelimitedChoice) {}

  restart(): void {
    this.#parts = [];
    this.#size = 0;
    this.#started = null;
  }

  add(part: Uint8Array): void {
    // What looks like UTF-8 may turn out to be in another encoding, and is then read again.
    if (this.#started === null || this.#started.isGuess) this.#parts.push(part);
    this.#size += part.length;
    if (this.#started) this.#started = this.#continued(this.#started, part);
    else if (this.#size >= LAYOUT_SAMPLE) this.#started = this.#start();
  }

  finish(isWhole: boolean) {
    let started = this.#started ?? this.#start();
    if (isWhole) started = this.#continued(started, null);
    const { table, notes } = started.reader.finish(isWhole);
    const { encoding, isGuess, decoder } = started;
    const isDamaged = !isGuess && !decoder.fatal && started.hasReplacements;
    const damage = `Some bytes are not ${encoding}: they are shown as \ufffd.`;
    return { table, notes: isDamaged ? [...notes, damage] : notes, layout: { ...started.layout, encoding } };
  }

  /** @param encoding that of bytes that turned out not to be UTF-8 */
  #start(encoding?: string): Started {
    const sample = joined(this.#parts, LAYOUT_SAMPLE);
    const certain = encoding ?? this.choice.encoding ?? evidentEncoding(sample) ?? undefined;
    const isGuess = certain === undefined;
    const decoder = new TextDecoder(certain ?? "utf-8", { fatal: isGuess });
    try {
      const start = new TextDecoder(decoder.encoding, { fatal: isGuess }).decode(sample, { stream: true });
      const layout = detectLayout(start, this.choice, this.choice.usual ?? ",");
      let started: Started = {
        encoding: decoder.encoding,
        isGuess,
        decoder,
        layout,
        reader: new DelimitedTableReader(layout),
        hasReplacements: false,
      };
      for (const part of this.#parts) started = this.#pushed(started, part);
      return started;
    } catch (error) {
      if (!isGuess || !(error instanceof TypeError)) throw error;
      return this.#start(this.#likely());
    }
  }

  #continued(started: Started, part: Uint8Array | null): Started {
    try {
      return this.#pushed(started, part);
    } catch (error) {
      if (!started.isGuess || !(error instanceof TypeError)) throw error;
      return this.#start(this.#likely());
    }
  }

  #likely(): string {
    const first = this.#parts.findIndex((part) => part.some((byte) => byte > 0x7f));
    return likelyEncoding(joined(this.#parts.slice(Math.max(0, first)), LAYOUT_SAMPLE));
  }

  /** @param part null at the end */
  #pushed(started: Started, part: Uint8Array | null): Started {
    const decoded = part ? started.decoder.decode(part, { stream: true }) : started.decoder.decode();
    const text = started.encoding === "windows-1252" ? withLetters(decoded) : decoded;
    started.reader.push(text);
    if (started.isGuess || started.hasReplacements || !text.includes("\ufffd")) return started;
    return { ...started, hasReplacements: true };
  }
}

interface Started {
  encoding: string;
  /** Whether the encoding is UTF-8 as long as the bytes are. */
  isGuess: boolean;
  decoder: TextDecoder;
  layout: DelimitedLayout;
  reader: DelimitedTableReader;
  hasReplacements: boolean;
}

/** The first bytes of all parts. */
function joined(parts: Uint8Array[], most: number): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(Math.min(size, most));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, most - at), at);
    at += part.length;
    if (at >= most) break;
  }
  return bytes;
}
