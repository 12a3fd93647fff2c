import { fileURLToPath } from "node:url";
import { openFileStore } from "./file-store";
import { parseS3Address, type S3Env } from "./s3-address";
import { credentialsOf } from "./s3-credentials";
import { openS3Store } from "./s3-store";
import { type BlobStore, BlobStoreError } from "./store";

/**
 * Opens the store at an address: `file:///srv/vitrine-blobs`, or `s3://bucket/prefix?endpoint=…&region=…&style=path`.
 * The store itself is reached by the first call of a method only.
 * @param env the credentials for S3, as the AWS tools read them: `AWS_ACCESS_KEY_ID` …
 * @throws {BlobStoreError} "misconfigured", for an address or variables that cannot be right
 */
export function openBlobStore(address: string, env: S3Env): BlobStore {
  if (address.startsWith("file:///")) return openFileStore(folderOf(address));
  if (address.startsWith("s3://")) {
    const bucket = parseS3Address(address, env);
    return openS3Store(bucket, credentialsOf(env, bucket));
  }
  throw addressError("it is neither a file:/// nor an s3:// URL");
}

function folderOf(address: string): string {
  if (/[?#]/.test(address)) throw addressError("a file URL has no query");
  try {
    return fileURLToPath(address);
  } catch {
    throw addressError("its path is not one of this system");
  }
}

function addressError(why: string): BlobStoreError {
  return new BlobStoreError("misconfigured", `VITRINE_BLOBS is not the address of a blob store: ${why}.`);
}
