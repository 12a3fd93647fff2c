import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { formatBytes } from "#formats/number";

export function DataLoading({ size }: { size: number }) {
  return (
    <p role="status" className="py-14 text-center text-faint">
      Loading {formatBytes(size)}…
    </p>
  );
}

export function DataError({ onRetry }: { onRetry: () => void }) {
  return (
    <Notice tone="danger" action={<Button onClick={onRetry}>Retry</Button>}>
      The data could not be loaded.
    </Notice>
  );
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
