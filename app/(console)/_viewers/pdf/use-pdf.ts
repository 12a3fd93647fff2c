import { useEffect, useRef, useState } from "react";
import { openPdf, type Pdf, TooManyPages, type Unlock } from "./library";

export type PdfState =
  | { status: "loading" }
  | { status: "locked"; isWrong: boolean; unlock: Unlock }
  | { status: "open"; pdf: Pdf }
  /** Not a PDF, or a broken one. */
  | { status: "damaged" }
  /** It has too many pages. */
  | { status: "long" }
  | { status: "failed" };

/** A PDF that is open as long as the component is there. `isMissing`: parts of it could not be loaded. */
export function usePdf(url: string, size: number): { state: PdfState; isMissing: boolean; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<PdfState>({ status: "loading" });
  const [isMissing, setMissing] = useState(false);
  const loadMissing = useRef(() => {});
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
  useEffect(() => {
    let isCurrent = true;
    setState({ status: "loading" });
    setMissing(false);
    const put = (next: PdfState) => {
      if (isCurrent) setState(next);
    };
    const onLocked = (give: Unlock, isWrong: boolean) => {
      const unlock = (password: string) => {
        put({ status: "loading" });
        give(password);
      };
      put({ status: "locked", isWrong, unlock });
    };
    const onFailed = () => {
      if (isCurrent) setMissing(true);
    };
    const { pdf, retry, close } = openPdf({ url, size }, { onLocked, onFailed });
    loadMissing.current = retry;
    pdf.then(
      (opened) => put({ status: "open", pdf: opened }),
      (error: unknown) => put({ status: statusOf(error) }),
    );
    return () => {
      isCurrent = false;
      close();
    };
  }, [url, size, attempt]);
  const retry = () => {
    if (state.status === "failed") setAttempt((last) => last + 1);
    setMissing(false);
    loadMissing.current();
  };
  return { state, isMissing, retry };
}

const DAMAGED = ["InvalidPDFException", "FormatError", "UnknownErrorException"];

/** Parts that can't be loaded are no errors of pdf.js: those it has are of the file. */
function statusOf(error: unknown): "damaged" | "long" | "failed" {
  if (error instanceof TooManyPages) return "long";
  return error instanceof Error && DAMAGED.includes(error.name) ? "damaged" : "failed";
}
