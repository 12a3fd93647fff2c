import type { PDFDataRangeTransport } from "pdfjs-dist";

type PdfJs = typeof import("pdfjs-dist");

/** Parts of a file as pdf.js asks for them. */
export interface Ranges {
  transport: PDFDataRangeTransport;
  /** Loads again what failed. */
  retry: () => void;
  close: () => void;
}

/**
 * Loads the parts of a file that pdf.js asks for. One that fails is kept for `retry`, and what needs it waits: pdf.js would take it for damaged.
 * @param onFailed called for each part that could not be loaded
 */
export function createRanges(
  pdfjs: Pick<PdfJs, "PDFDataRangeTransport">,
  { url, size }: { url: string; size: number },
  onFailed: () => void,
): Ranges {
  const controller = new AbortController();
  const { signal } = controller;
  let failed: [begin: number, end: number][] = [];
  const load = async (begin: number, end: number) => {
    try {
      const response = await fetch(url, { signal, headers: { range: `bytes=${begin}-${end - 1}` } });
      if (response.status !== 206) throw new Error(`The server responded with ${response.status}.`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length !== end - begin) throw new Error("The server sent another part of the file.");
      if (!signal.aborted) transport.onDataRange(begin, bytes);
    } catch {
      if (signal.aborted) return;
      failed.push([begin, end]);
      onFailed();
    }
  };
  class Transport extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number) {
      void load(begin, end);
    }
    override abort() {
      controller.abort();
    }
  }
  const transport = new Transport(size, null);
  return {
    transport,
    retry: () => {
      const again = failed;
      failed = [];
      for (const [begin, end] of again) void load(begin, end);
    },
    close: () => controller.abort(),
  };
}
