import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { openQuickly, s3AddressOf, s3EnvOf } from "#test/blobs/s3-client";
import { openS3Server, type S3Server } from "#test/blobs/s3-server";
import { contentFolder, listAll } from "#test/blobs/store-laws";
import { parseS3Address } from "./s3-address";
import { credentialsOf } from "./s3-credentials";
import { openS3Store } from "./s3-store";
import { type BlobStore, BlobStoreError } from "./store";

const content = contentFolder();

let s3: S3Server;
let store: BlobStore;
beforeEach(async () => {
  s3 = await openS3Server();
  store = openQuickly(s3);
  return () => s3[Symbol.asyncDispose]();
});

/** An object that the store has. */
async function stored(size: number) {
  const object = await content(randomBytes(size));
  await store.put(object.sha256, object.file);
  s3.requests.length = 0;
  return object;
}

describe("errors say what to do, and no secret", () => {
  const errorOf = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(BlobStoreError);
    const secrets = s3.credentials.flatMap(({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken]);
    for (const secret of secrets) if (secret) expect(inspect(error, { depth: 9 })).not.toContain(secret);
    return `${error.reason}: ${error.message.replace(`The bucket ${s3.bucket} at ${new URL(s3.url).host}`, "It")}`;
  };

  test("wrong credentials", async () => {
    const env = s3EnvOf(s3);
    expect(await errorOf(openQuickly(s3, { ...env, AWS_ACCESS_KEY_ID: "AKIDOTHER" }).id())).toBe(
      "misconfigured: It does not know the access key: correct AWS_ACCESS_KEY_ID (403 InvalidAccessKeyId).",
    );
    expect(await errorOf(openQuickly(s3, { ...env, AWS_SECRET_ACCESS_KEY: "other" }).id())).toBe(
      "misconfigured: It rejects the signature: correct AWS_SECRET_ACCESS_KEY (403 SignatureDoesNotMatch).",
    );
    expect(await errorOf(openQuickly(s3, { ...env, AWS_SESSION_TOKEN: "other" }).id())).toBe(
      "misconfigured: It rejects the session token: correct AWS_SESSION_TOKEN (400 InvalidToken).",
    );
  });

  test("expired credentials", async () => {
    s3.credentials = [
      { accessKeyId: "ASIA", secretAccessKey: "secret-of-session", sessionToken: "session-token", expired: true },
    ];
    expect(await errorOf(openQuickly(s3, { ...s3EnvOf(s3), AWS_SESSION_TOKEN: "session-token" }).id())).toBe(
      "misconfigured: It says that the credentials have expired: renew AWS_SESSION_TOKEN (400 ExpiredToken).",
    );
  });

  test("rights that are not granted", async () => {
    const { sha256, file } = await stored(10);
    const other = await content(Buffer.from("other"));
    s3.denied = new Set(["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject"]);
    const grant = "grant it to the credentials, and s3:ListBucket";
    const denied = (right: string, said = "403 AccessDenied") =>
      `misconfigured: It does not allow ${right}: ${grant} (${said}).`;
    expect(await errorOf(store.get(sha256))).toBe(denied("s3:GetObject"));
    expect(await errorOf(store.has(sha256))).toBe(denied("s3:GetObject", "403"));
    expect(await errorOf(store.put(other.sha256, other.file))).toBe(denied("s3:PutObject"));
    expect(await errorOf(listAll(store))).toBe(denied("s3:ListBucket"));
    expect(await errorOf(store.remove([sha256]))).toBe(
      "misconfigured: It does not delete objects (AccessDenied); that needs s3:DeleteObject.",
    );
    expect(file.size).toBe(10);
  });

  test("a bucket that does not exist", async () => {
    const { sha256, file } = await content(Buffer.from("a"));
    const name = s3.bucket;
    s3.bucket = "other-bucket";
    const missing = openQuickly({ ...s3, bucket: name });
    const { id, get, put } = missing;
    for (const call of [id, () => get(sha256), () => put(sha256, file), () => listAll(missing)]) {
      await expect(call()).rejects.toThrow(
        `The bucket ${name} at ${new URL(s3.url).host} does not exist: create it, or correct VITRINE_BLOBS (404 NoSuchBucket).`,
      );
    }
  });

  test("a bucket in another region", async () => {
    const address = parseS3Address(s3AddressOf(s3).replace("eu-test-1", "us-east-1"), {});
    const elsewhere = openS3Store(address, credentialsOf(s3EnvOf(s3), address));
    expect(await errorOf(elsewhere.id())).toBe(
      "misconfigured: It is in another region than us-east-1: name region=eu-test-1 in VITRINE_BLOBS (400 AuthorizationHeaderMalformed).",
    );
  });

  test("a clock that is wrong", async () => {
    s3.clockAhead = 20 * 60_000;
    const sentence = (where: string) =>
      `misconfigured: It rejects the time of this machine, whose clock is 20 min ${where} the service's: set the clock (403 RequestTimeTooSkewed).`;
    expect(await errorOf(store.id())).toBe(sentence("behind"));
    s3.clockAhead = -20 * 60_000;
    expect(await errorOf(store.id())).toBe(sentence("ahead of"));
  });

  test("a full bucket", async () => {
    const { sha256, file } = await content(Buffer.from("a"));
    s3.faults = [{ status: 507, code: "XMinioStorageFull" }];
    expect(await errorOf(store.put(sha256, file))).toBe(
      "full: It is full (507 XMinioStorageFull): raise its quota, or free space.",
    );
  });

  test("a service without ranges", async () => {
    const { sha256 } = await stored(10);
    s3.has.ranges = false;
    expect(await errorOf(store.get(sha256, { from: 1, to: 2 }))).toBe(
      "misconfigured: It does not support ranges, or no lengths.",
    );
  });

  test("an id that is not one", async () => {
    s3.objects.set("store/id", Buffer.from("<html>"));
    expect(await errorOf(store.id())).toBe(
      `misconfigured: s3://${s3.bucket}/store/id is not the id of a blob store: restore it, or name another place in VITRINE_BLOBS.`,
    );
  });
});
