import type { Artifact } from "#contract/artifact";
import { fileNameOf, filePathOf } from "#formats/file-name";
import { formatBytes } from "#formats/number";
import { dataUrl } from "../../_viewers/shared/data-url";

/** The largest archive, in bytes: it is made in memory. */
const MAX_SIZE = 256 * 1024 * 1024;

const EXTENSION = /filename="[^"]+(\.[^."]+)"/;

/**
 * Downloads versions as one archive, each as the usual file of its type.
 * @returns why it cannot, or null
 */
export async function downloadZip(
  versions: Pick<Artifact, "id" | "key" | "version" | "size">[],
): Promise<string | null> {
  const size = versions.reduce((sum, each) => sum + each.size, 0);
  if (size > MAX_SIZE) return `The files have ${formatBytes(size)} in total; select up to ${formatBytes(MAX_SIZE)}.`;
  const { downloadZip: zip } = await import("client-zip");
  let problem: string | null = null;
  async function* files() {
    for (const version of versions) {
      const response = await fetch(dataUrl(version.id, "file")).catch(() => null);
      problem = response?.ok ? null : `Can't download ${fileNameOf(version)}. Try again.`;
      if (!response?.ok) throw new Error(fileNameOf(version));
      const extension = EXTENSION.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "";
      yield { name: `${filePathOf(version)}${extension}`, input: response };
    }
  }
  const archive = await zip(files())
    .blob()
    .catch(() => null);
  if (!archive) return problem ?? "Can't make the archive. Try again.";
  const url = URL.createObjectURL(archive);
  const link = document.createElement("a");
  link.href = url;
  link.download = `artifacts-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  URL.revokeObjectURL(url);
  return null;
}
