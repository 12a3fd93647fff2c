import { Notice } from "#app/_ui/notice";

/** Says that data is not what its type promises; of a type that promises nothing it says nothing. */
export function ShapeMismatch({ type }: { type: string | null }) {
  if (!["markdown", "table", "link", "image", "progress"].includes(type ?? "")) return null;
  return <Notice>The data does not have the shape of type {type}, so it is shown as JSON.</Notice>;
}
