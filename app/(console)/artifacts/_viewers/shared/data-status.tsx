import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { formatBytes } from "#formats/number";

/** Stands where large data is about to be. */
export function DataLoading({ size }: { size: number }) {
  return (
    <p role="status" className="py-14 text-center text-faint">
      Loading {formatBytes(size)}…
    </p>
  );
}

/** Says that data could not be had, and tries again when told to. */
export function DataError({ again }: { again: () => void }) {
  return (
    <Notice tone="danger" action={<Button onClick={again}>Try again</Button>}>
      The data could not be loaded.
    </Notice>
  );
}
