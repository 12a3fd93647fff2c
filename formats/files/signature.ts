/** Names of formats, with the bytes that a file of one begins with: in Latin-1, from an offset on. */
const SIGNATURES: readonly (readonly [name: string, bytes: string, offset?: number])[] = [
  ["PDF document", "%PDF-"],
  ["PostScript", "%!PS"],
  ["PNG image", "\x89PNG\r\n\x1a\n"],
  ["JPEG image", "\xff\xd8\xff"],
  ["GIF image", "GIF8"],
  ["WebP image", "WEBP", 8],
  ["TIFF image", "II*\0"],
  ["TIFF image", "MM\0*"],
  ["BigTIFF image", "II+\0"],
  ["BigTIFF image", "MM\0+"],
  ["JPEG 2000 image", "\0\0\0\x0cjP  "],
  ["JPEG XL image", "\0\0\0\x0cJXL "],
  ["JPEG XL image", "\xff\x0a"],
  ["Photoshop image", "8BPS"],
  ["OpenEXR image", "\x76\x2f\x31\x01"],
  ["Icon", "\0\0\x01\0"],
  ["WAV audio", "WAVE", 8],
  ["AVI video", "AVI ", 8],
  ["AIFF audio", "AIFF", 8],
  ["Ogg media", "OggS"],
  ["FLAC audio", "fLaC"],
  ["MP3 audio", "ID3"],
  ["MIDI music", "MThd"],
  ["MPEG video", "\0\0\x01\xba"],
  ["Flash video", "FLV\x01"],
  ["SQLite database", "SQLite format 3\0"],
  ["DuckDB database", "DUCK", 8],
  ["Parquet table", "PAR1"],
  ["Arrow file", "ARROW1"],
  ["Feather table", "FEA1"],
  ["ORC table", "ORC"],
  ["Avro file", "Obj\x01"],
  ["HDF5 file", "\x89HDF\r\n\x1a\n"],
  ["NetCDF file", "CDF\x01"],
  ["NetCDF file", "CDF\x02"],
  ["NetCDF file", "CDF\x05"],
  ["NumPy array", "\x93NUMPY"],
  ["GGUF model", "GGUF"],
  ["MATLAB file", "MATLAB 5.0 MAT-file"],
  ["R data", "RDX3\n"],
  ["FITS file", "SIMPLE  ="],
  ["GRIB file", "GRIB"],
  ["Shapefile", "\0\0\x27\x0a"],
  ["gzip data", "\x1f\x8b"],
  ["Zstandard data", "\x28\xb5\x2f\xfd"],
  ["bzip2 data", "BZh"],
  ["XZ data", "\xfd7zXZ\0"],
  ["LZ4 data", "\x04\x22\x4d\x18"],
  ["7-Zip archive", "7z\xbc\xaf\x27\x1c"],
  ["RAR archive", "Rar!\x1a\x07"],
  ["tar archive", "ustar", 257],
  ["Debian package", "!<arch>\ndebian"],
  ["static library", "!<arch>\n"],
  ["ELF program", "\x7fELF"],
  ["Mach-O program", "\xcf\xfa\xed\xfe"],
  ["Mach-O program", "\xfe\xed\xfa\xcf"],
  ["Windows program", "MZ"],
  ["WebAssembly module", "\0asm"],
  ["Java class or Mach-O program", "\xca\xfe\xba\xbe"],
  ["Git pack", "PACK"],
  ["WOFF font", "wOFF"],
  ["WOFF2 font", "wOF2"],
  ["OpenType font", "OTTO"],
  ["TrueType font", "\0\x01\0\0\0"],
  ["Microsoft Office document before 2007", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["PEM certificate or key", "-----BEGIN "],
  ["UTF-16 text", "\xff\xfe"],
  ["UTF-16 text", "\xfe\xff"],
];

/** Formats that are ZIP archives, by the start of the name and content of their first entry. */
const ZIP_FORMATS: readonly (readonly [name: string, entry: RegExp])[] = [
  ["EPUB book", /^mimetypeapplication\/epub/],
  ["OpenDocument", /^mimetypeapplication\/vnd\.oasis/],
  ["Microsoft Office document", /^(?:\[Content_Types\]\.xml|_rels\/)/],
  ["PyTorch model", /^[^/]+\/(?:data\.pkl|\.format_version|\.storage_alignment|version|byteorder)/],
  ["NumPy arrays", /^[^/]+\.npy/],
  ["Java archive", /^META-INF\//],
];

/** Brands of files in boxes, as ISO/IEC 14496-12 names them. */
const BRANDS: readonly (readonly [name: string, brand: RegExp])[] = [
  ["AVIF image", /^avi[fs]/],
  ["HEIC image", /^(?:hei|hev|mif1|msf1)/],
  ["QuickTime video", /^qt/],
  ["MPEG-4 audio", /^M4A/],
];

/** The name of the format that a file has by its first bytes, of which 512 are enough; null for an unknown one. */
export function formatByContent(head: Uint8Array): string | null {
  const text = latin1(head.subarray(0, 512));
  if (text === "") return null;
  if (text.startsWith("PK\x03\x04")) return zipFormat(text);
  if (text.startsWith("PK\x05\x06")) return "ZIP archive without files";
  if (text.startsWith("ftyp", 4)) return nameOf(BRANDS, text.slice(8)) ?? "MPEG-4 video";
  if (text.startsWith("\x1aE\xdf\xa3")) return text.slice(0, 64).includes("webm") ? "WebM video" : "Matroska video";
  const [first, protocol = 0] = head;
  if (first === 0x80 && protocol >= 2 && protocol <= 5) return `Python pickle, protocol ${protocol}`;
  if (/^.{4}\0{4}\{"/s.test(text)) return "safetensors model";
  if (/^BM.{4}\0{4}/s.test(text)) return "BMP image";
  if (/^\xff[\xf2\xf3\xfa\xfb]/.test(text)) return "MP3 audio";
  const found = SIGNATURES.find(([, bytes, offset = 0]) => text.startsWith(bytes, offset));
  if (found) return found[0];
  if (/^\0+$/.test(text)) return "zero bytes";
  return isText(head) ? "text in UTF-8" : null;
}

function zipFormat(text: string): string {
  const format = nameOf(ZIP_FORMATS, text.slice(30));
  return format === null ? "ZIP archive" : `${format} (ZIP archive)`;
}

function nameOf(formats: readonly (readonly [string, RegExp])[], text: string): string | null {
  return formats.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** Whether bytes, which may end within a character, are text: UTF-8 without control characters but tab, breaks and escape. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 32 && byte !== 27 && (byte < 9 || byte > 13))) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
