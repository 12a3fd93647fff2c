import { parseS3Address, type S3Env } from "#blobs/s3-address";
import { credentialsOf } from "#blobs/s3-credentials";
import { openS3Store } from "#blobs/s3-store";
import type { BlobStore } from "#blobs/store";
import type { S3Server } from "./s3-server";

/** The address of a store in the bucket of a server. @param prefix "" or `/folder` */
export function s3AddressOf(s3: S3Server, prefix = ""): string {
  return `s3://${s3.bucket}${prefix}?endpoint=${s3.url}&region=eu-test-1`;
}

/** The first credentials of a server, as environment variables. */
export function s3EnvOf({ credentials: [keys] }: S3Server): S3Env {
  return { AWS_ACCESS_KEY_ID: keys?.accessKeyId, AWS_SECRET_ACCESS_KEY: keys?.secretAccessKey };
}

/** A store that gives up a silent service, and tries again, in a time that a test can wait for. */
export function openQuickly(s3: S3Server, env = s3EnvOf(s3)): BlobStore {
  const address = parseS3Address(s3AddressOf(s3), env);
  return openS3Store(address, credentialsOf(env, address), { silence: 200, delay: 1, total: 30_000 });
}
