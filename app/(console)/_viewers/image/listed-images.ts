import type { Json } from "#contract/json";
import { isImageUrl } from "#formats/url";

/** An image of a list. */
export interface ListedImage {
  url: string;
  /** Its alternative text and caption; empty where it has none. */
  alt: string;
}

/** The images of a list, whose items are URLs as of one image, or objects with one as `url` and a text as `alt`. Null for other data. */
export function listedImages(data: Json): ListedImage[] | null {
  if (!Array.isArray(data) || data.length === 0) return null;
  const images = data.flatMap((each) => toImage(each) ?? []);
  return images.length === data.length ? images : null;
}

function toImage(item: Json): ListedImage | null {
  if (typeof item === "string") return isImageUrl(item) ? { url: item, alt: "" } : null;
  if (typeof item !== "object" || item === null || Array.isArray(item)) return null;
  const { url, alt } = item;
  if (url === undefined || !isImageUrl(url)) return null;
  return { url, alt: typeof alt === "string" ? alt : "" };
}
