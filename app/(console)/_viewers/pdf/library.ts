import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import { version } from "pdfjs-dist/package.json";
import { loadCode, reachable } from "#app/_data/connection";
import type { PageSize } from "./layout";
import { createRanges, type Ranges } from "./ranges";

/** Where the server has pdf.js, see `server/http/assets/pdf-assets.ts`. */
const BASE = `/pdfjs/${version}/`;

/** Pixels of CSS in a point of a PDF: at 100 % a page has its size on paper. */
export const CSS_UNITS = 96 / 72;

/** In bytes: how much is loaded by one request. */
const RANGE = 256 * 1024;

/** In bytes, four for each pixel: larger images of a page are made smaller. */
const MAX_IMAGE = 2 ** 28;

/** A small file may claim any number of pages, and each has a place in the layout. */
export const MAX_PAGES = 20_000;

type PdfJs = typeof import("pdfjs-dist");

/** A document that is open. */
export interface Pdf {
  pdfjs: PdfJs;
  document: PDFDocumentProxy;
  /** Of the first page; other pages may have other sizes. */
  firstSize: PageSize;
}

/** The document has, or claims, more pages than can be laid out. */
export class TooManyPages extends Error {
  override name = "TooManyPages";
}

/** Gives pdf.js a password. */
export type Unlock = (password: string) => void;

let loading: Promise<PdfJs> | undefined;

function loadLibrary(): Promise<PdfJs> {
  loading ??= loadCode<PdfJs>(() => import(/* turbopackIgnore: true */ `${BASE}pdf.js`)).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * Opens the PDF at a URL, of which only the parts that are needed are loaded. It is read in a worker, and nothing in it runs.
 * @param onLocked called when it needs a password, and when one was wrong
 * @param onFailed called when a part could not be loaded; what needs it waits for `retry`
 * @returns `pdf` rejects with `TooManyPages` for one that can't be laid out
 */
export function openPdf(
  file: { url: string; size: number },
  { onLocked, onFailed }: { onLocked: (unlock: Unlock, isWrong: boolean) => void; onFailed: () => void },
): { pdf: Promise<Pdf>; retry: () => void; close: () => void } {
  let port: Worker | undefined;
  let task: PDFDocumentLoadingTask | undefined;
  let ranges: Ranges | undefined;
  let isClosed = false;
  const open = async () => {
    // The script of a worker is not held while the server can't be reached.
    await reachable();
    if (isClosed) throw new Error("The document is closed.");
    const created = new Worker(`${BASE}pdf.worker.js`, { type: "module" });
    port = created;
    const failure = new Promise<never>((_, reject) => {
      created.addEventListener("error", () => reject(new Error("The program that reads PDFs could not be loaded.")));
    });
    return Promise.race([read(created), failure]);
  };
  const read = async (port: Worker) => {
    const pdfjs = await loadLibrary();
    if (isClosed) throw new Error("The document is closed.");
    ranges = createRanges(pdfjs, file, onFailed);
    task = pdfjs.getDocument({
      range: ranges.transport,
      worker: pdfjs.PDFWorker.create({ port }),
      cMapUrl: `${BASE}cmaps/`,
      iccUrl: `${BASE}iccs/`,
      standardFontDataUrl: `${BASE}standard_fonts/`,
      wasmUrl: `${BASE}wasm/`,
      rangeChunkSize: RANGE,
      disableAutoFetch: true,
      disableStream: true,
      isEvalSupported: false,
      enableXfa: false,
      canvasMaxAreaInBytes: MAX_IMAGE,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    });
    task.onPassword = (unlock: Unlock, reason: number) =>
      onLocked(unlock, reason === pdfjs.PasswordResponses.INCORRECT_PASSWORD);
    const document = await task.promise;
    if (document.numPages > MAX_PAGES) throw new TooManyPages();
    return { pdfjs, document, firstSize: sizeOf(await document.getPage(1)) };
  };
  const close = () => {
    isClosed = true;
    ranges?.close();
    const ended = task?.destroy() ?? Promise.resolve();
    void ended.catch(() => {}).then(() => port?.terminate());
  };
  return { pdf: open(), retry: () => ranges?.retry(), close };
}

/** The size of a page at 100 %. */
export function sizeOf(page: PDFPageProxy): PageSize {
  const { width, height } = page.getViewport({ scale: CSS_UNITS });
  return { width, height };
}
