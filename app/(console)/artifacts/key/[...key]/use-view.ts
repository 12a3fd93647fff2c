import { useSearchParams } from "next/navigation";
import { type KeyView, parseView, viewHref } from "./view";

/** The view in the URL, and the URL with a part of it changed. */
export function useView(key: string): { view: KeyView; hrefOf: (part: Parameters<typeof viewHref>[1]) => string } {
  const query = useSearchParams();
  return { view: parseView(query), hrefOf: (part) => viewHref(key, part, query) };
}
