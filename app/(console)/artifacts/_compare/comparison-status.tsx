import type { DownloadProgress } from "#app/_data/download";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { MAX_COMPARED_BYTES } from "#diff/options";
import { formatBytes } from "#formats/number";
import { loadingText } from "../../_viewers/shared/data-status";

/** Where there are no differences yet: how far the comparison is, or why there is none. */
export function ComparisonStatus({
  size,
  comparison: { error, refetch, progress },
  className = "text-soft",
}: {
  /** Of both versions, in bytes. */
  size: number;
  comparison: { error: Error | null; refetch: () => unknown; progress: DownloadProgress };
  className?: string;
}) {
  if (error) {
    return (
      <Notice tone="danger" action={<Button onClick={() => refetch()}>Retry</Button>}>
        {error.message}
      </Notice>
    );
  }
  return (
    <p role="status" className={className}>
      {textOf(size, progress)}
    </p>
  );
}

function textOf(size: number, progress: DownloadProgress): string {
  if (size > MAX_COMPARED_BYTES) {
    const limit = formatBytes(MAX_COMPARED_BYTES);
    return `These versions are ${formatBytes(size)} together; the limit is ${limit}. Download both to compare them.`;
  }
  return progress.loaded < size ? loadingText(progress, size) : `Comparing ${formatBytes(size)}…`;
}
