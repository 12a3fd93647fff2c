import type { ReactNode } from "react";
import type { DownloadProgress } from "#app/_data/download";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { formatBytes, formatBytesOf } from "#formats/number";

/** In place of what loads; on paper it says that it is missing. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <>
      <p role="status" className="py-14 text-center text-faint tabular-nums print:hidden">
        {children}
      </p>
      <NotPrinted>
        The content had not loaded when this page was printed. Wait until it is shown, and print again.
      </NotPrinted>
    </>
  );
}

/** Says on paper why something is not there. */
export function NotPrinted({ children }: { children: ReactNode }) {
  return <p className="hidden text-sm print:block">{children}</p>;
}

/** How much of `size` bytes is loaded, and why it starts again, if it does. */
export function DataLoading({ size, progress }: { size: number; progress?: DownloadProgress }) {
  return <Loading>{progress ? loadingText(progress, size) : `Loading ${formatBytes(size)}…`}</Loading>;
}

/** `problem`: the server's own sentence, where there is one. */
export function DataError({ problem, onRetry }: { problem?: string; onRetry: () => void }) {
  return (
    <Notice tone="danger" action={<Button onClick={onRetry}>Retry</Button>}>
      The data could not be loaded. {problem}
    </Notice>
  );
}

/** `Loading 30 of 60 MB…`; why it starts again, if it does. */
export function loadingText({ loaded, problem }: DownloadProgress, size: number): string {
  return problem === null ? `Loading ${formatBytesOf(loaded, size)}…` : `${problem} Trying again…`;
}

/** In place of data that is an empty text. */
export function NoContent() {
  return <p className="py-6 text-center text-faint">This version has no content: its text is empty.</p>;
}

const EXPECTED: Record<string, string> = {
  markdown: "markdown",
  table: "table data",
  link: "link data",
  image: "image data",
  progress: "progress data",
};

/** Explains why data is not shown as its type. Nothing for types that any data fits. */
export function ShapeMismatch({ type, shownAs }: { type: string | null; shownAs: "JSON" | "text" | "a number" }) {
  const expected = type !== null && Object.hasOwn(EXPECTED, type) ? EXPECTED[type] : undefined;
  return expected && <Notice>{`This isn't valid ${expected}, so it's shown as ${shownAs}.`}</Notice>;
}
