/** How data is sent: `json` is the stored text, `file` the bytes of a file or what the type is as a file. */
type Form = "json" | "file" | "image" | "csv" | "exact-csv";

interface Which {
  /** Of a folder, one file. */
  path?: string | null;
  /** As it was at that time. */
  asOf?: string;
  /** As it was before its n-th change. */
  revision?: number | null;
  /** A browser keeps an image until this changes. */
  updated?: string;
}

/** The URL of a version's data. */
export function dataUrl(id: string, form: Form, which: Which = {}): string {
  const query = new URLSearchParams({ as: form });
  for (const [name, value] of Object.entries(which)) {
    if (value !== null && value !== undefined) query.set(name, String(value));
  }
  return `/api/artifacts/${id}/data?${query}`;
}
