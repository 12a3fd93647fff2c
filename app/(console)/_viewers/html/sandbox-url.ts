/** Why a version that was deleted since has no link, though its data of the past can be read. */
export const DELETED = "This version was deleted, and a deleted one can't be run.";

/** Gets a link below which the sandbox serves files. @throws Error with a sentence for the reader */
export async function sandboxLink(path: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(path, { signal });
  if (response.status === 404) throw new Error(DELETED);
  if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
  const { url }: { url: string } = await response.json();
  return url;
}
