import { z } from "zod";
import { FILE, fileNameError, isFileType, pathConflict, pathError } from "./file-type";
import { MAX_FILES } from "./limits";
import { text } from "./value";

/** The SHA-256 of the bytes of a file, in lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in 64 lower-case hexadecimal digits");

const TOKEN = "[a-zA-Z0-9!#$&^_.+-]{1,100}";

/** `text/html`, also with a charset. */
export const MediaType = z
  .string()
  .max(255)
  .regex(
    new RegExp(`^${TOKEN}/${TOKEN}(?:; ?charset=[a-zA-Z0-9._-]{1,40})?$`),
    "must be a media type, such as text/html or text/csv; charset=utf-8",
  );

/** Up to 2^53, beyond which JSON readers change numbers. */
const Size = z.int().min(0);

function checked(maxBytes: number, errorOf: (text: string) => string | null) {
  return text(maxBytes)
    .min(1)
    .check(({ value, issues }) => {
      const message = value === "" ? null : errorOf(value);
      if (message) issues.push({ code: "custom", message, input: value });
    });
}

/** The name of a file, without folders: at most 255 bytes. */
export const FileName = checked(255, fileNameError);

/** A path in a folder: relative, with slashes, in the normal form NFC, at most 512 bytes. */
export const FilePath = checked(512, pathError);

const content = { mediaType: MediaType, size: Size, sha256: Sha256 };

/** The data of a version of the type `file`. */
export const FileData = z.strictObject({ name: FileName, ...content });
export type FileData = z.infer<typeof FileData>;

export const FileEntry = z.strictObject({ path: FilePath, ...content });
export type FileEntry = z.infer<typeof FileEntry>;

/** The data of a version of the type `files`: up to 10,000 files, each path once, none of them a folder of another. */
export const FilesData = z.strictObject({
  files: z
    .array(FileEntry)
    .min(1)
    .max(MAX_FILES)
    .check(({ value, issues }) => {
      const conflict = pathConflict(value.map(({ path }) => path));
      if (conflict) issues.push({ code: "custom", message: conflict, input: value });
    }),
});
export type FilesData = z.infer<typeof FilesData>;

/** Files by their path: one has its name as its path. */
export function entriesOf(data: FileData | FilesData): FileEntry[] {
  if ("files" in data) return data.files;
  const { name, ...rest } = data;
  return [{ path: name, ...rest }];
}

/** The files of a version from its data; null where that is of another form, as of programs before there were files. */
export function filesIn(type: string | null | undefined, data: unknown): FileEntry[] | null {
  if (!isFileType(type)) return null;
  const result = (type === FILE ? FileData : FilesData).safeParse(data);
  return result.success ? entriesOf(result.data) : null;
}

/** Input of `POST /api/blobs`: what is to be uploaded, one or up to 1,000. */
export const BlobQuery = z.strictObject({ sha256: Sha256, size: Size });
export type BlobQuery = z.infer<typeof BlobQuery>;

/** Whether a version may name a blob without another upload of its bytes. */
export interface BlobStatus {
  sha256: string;
  there: boolean;
}

/** A blob that was uploaded. */
export interface BlobStored {
  sha256: string;
  size: number;
}
