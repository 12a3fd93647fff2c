import { openPdf, TooManyPages } from "./library";
import { linesOfPage } from "./use-text";

/** How many pages are read. */
const MAX_READ = 2_000;
/** In milliseconds, for all of them, which are loaded while they are read. */
const TIMEOUT = 120_000;

/** The text of the first pages of a PDF. */
interface PageTexts {
  texts: string[];
  /** The pages, counted from 0, that could not be read; their texts are empty. */
  unread: number[];
}

/** The text of the first pages of a PDF, and how many it has. @throws Error with a sentence, and the reason of the signal */
export async function textOfPages(
  file: { url: string; size: number },
  signal: AbortSignal,
): Promise<PageTexts & { of: number }> {
  signal.throwIfAborted();
  const { promise: failure, reject } = Promise.withResolvers<never>();
  const { pdf, close } = openPdf(file, {
    onLocked: () => reject(new Error("A PDF that needs a password can't be compared.")),
    onFailed: () => reject(new Error("Parts of the PDF could not be loaded.")),
  });
  const late = () => reject(new Error(`The text of the PDF took longer than ${TIMEOUT / 1000} s to read.`));
  const timer = setTimeout(late, TIMEOUT);
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  const read = async () => {
    const { document } = await pdf;
    const pages = await readPages(Math.min(document.numPages, MAX_READ), (page) => linesOfPage(document, page));
    return { ...pages, of: document.numPages };
  };
  try {
    return await Promise.race([read().catch(fail), failure]);
  } finally {
    clearTimeout(timer);
    close();
  }
}

/** Reads one page after the other, and goes on after one that is damaged. */
export async function readPages(
  count: number,
  linesOf: (page: number) => Promise<readonly { text: string }[]>,
): Promise<PageTexts> {
  const texts: string[] = [];
  const unread: number[] = [];
  for (let page = 0; page < count; page += 1) {
    const lines = await linesOf(page).catch(() => null);
    if (lines === null) unread.push(page);
    texts.push((lines ?? []).map(({ text }) => text).join("\n"));
  }
  return { texts, unread };
}

function fail(error: unknown): never {
  if (error instanceof TooManyPages) throw new Error("A PDF with so many pages can't be compared.");
  throw new Error("The PDF is damaged, so it can't be compared.");
}
