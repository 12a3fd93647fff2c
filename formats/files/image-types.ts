import { ANY_MEDIA_TYPE } from "#contract/file-type";
import type { ListedFile } from "./file-list";
import { extensionOf } from "./language";

export const IMAGE_TYPES = /^image\//;

/** Of images whose media type is not known. */
export const IMAGE_EXTENSIONS = [
  "png",
  "apng",
  "jpg",
  "jpeg",
  "gif",
  "webp",
  "avif",
  "bmp",
  "ico",
  "svg",
  "tif",
  "tiff",
];

/** Whether a file is an image by its type or name. */
export function isImageFile({ mediaType, path }: ListedFile): boolean {
  if (mediaType !== ANY_MEDIA_TYPE) return IMAGE_TYPES.test(mediaType);
  return IMAGE_EXTENSIONS.includes(extensionOf(path) ?? "");
}

/** Whether an image may move, by its first bytes: a GIF, or a PNG or WebP that says so. */
export function isAnimated(bytes: Uint8Array): boolean {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (text.startsWith("GIF8")) return true;
  if (text.startsWith("\x89PNG")) return text.includes("acTL");
  if (text.startsWith("RIFF") && text.startsWith("WEBPVP8X", 8)) return ((bytes[20] ?? 0) & 2) !== 0;
  return text.startsWith("ftypavis", 4);
}
