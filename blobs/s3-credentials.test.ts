import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { openQuickly } from "#test/blobs/s3-client";
import { openS3Server, type S3Server } from "#test/blobs/s3-server";
import { contentFolder, listAll } from "#test/blobs/store-laws";
import { openBlobStore } from "./open";
import type { S3Env } from "./s3-address";
import { BlobStoreError } from "./store";

const NAME = "0".repeat(64);

const content = contentFolder();

let s3: S3Server;
beforeEach(async () => {
  s3 = await openS3Server();
  return () => s3[Symbol.asyncDispose]();
});

describe("web identity", () => {
  const envWith = async (token: string) => {
    const { file } = await content(Buffer.from(`${token}\n`));
    return {
      file,
      env: {
        AWS_WEB_IDENTITY_TOKEN_FILE: file.path,
        AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/vitrine",
        AWS_ENDPOINT_URL_STS: `${s3.url}/sts`,
      },
    };
  };

  test("is exchanged for credentials once, also by requests at the same time", async () => {
    const { env } = await envWith(s3.sts.token);
    const pod = openQuickly(s3, env);
    await Promise.all([pod.id(), listAll(pod), pod.has(NAME)]);
    await pod.id();
    expect(s3.sts.calls).toBe(1);
    const { sha256, file, bytes } = await content(randomBytes(10));
    await pod.put(sha256, file);
    const link = await pod.link(sha256, { name: "a", mediaType: "a/b", seconds: 60 });
    expect(Buffer.from(await (await fetch(link ?? "")).arrayBuffer())).toEqual(bytes);
  });

  test("is renewed before its end, with the token that the file has then", async () => {
    const { env, file } = await envWith(s3.sts.token);
    s3.sts.seconds = 4 * 60;
    const pod = openQuickly(s3, env);
    await pod.has(NAME);
    s3.sts.token = "renewed";
    await writeFile(file.path, "renewed");
    s3.sts.seconds = 3_600;
    await pod.has(NAME);
    await pod.has(NAME);
    expect(s3.sts.calls).toBe(2);
  });

  test("is used to its end where it cannot be renewed", async () => {
    const { env } = await envWith(s3.sts.token);
    s3.sts.seconds = 4 * 60;
    const pod = openQuickly(s3, env);
    await pod.has(NAME);
    s3.sts.fails = true;
    expect([await pod.has(NAME), await pod.has(NAME)]).toEqual([false, false]);
    expect(s3.sts.calls).toBe(2);
  });

  test("is renewed at once where the service says that it has expired", async () => {
    const { env } = await envWith(s3.sts.token);
    const pod = openQuickly(s3, env);
    const id = await pod.id();
    for (const keys of s3.credentials) keys.expired = true;
    expect(await pod.id()).toBe(id);
    expect(s3.sts.calls).toBe(2);
  });

  test("says what is wrong with it", async () => {
    const cannot = "The role arn:aws:iam::123456789012:role/vitrine of AWS_ROLE_ARN cannot be assumed:";
    const { host } = new URL(s3.url);
    const { env } = await envWith("not the token");
    await expect(openQuickly(s3, env).id()).rejects.toMatchObject({
      reason: "misconfigured",
      message: `${cannot} ${host} responds 400 InvalidIdentityToken.`,
    });
    s3.sts.fails = true;
    await expect(openQuickly(s3, env).id()).rejects.toMatchObject({
      reason: "unavailable",
      message: `${cannot} ${host} responds 503 ServiceUnavailable.`,
    });
    const nowhere = { ...env, AWS_WEB_IDENTITY_TOKEN_FILE: "/nonexistent" };
    await expect(openQuickly(s3, nowhere).id()).rejects.toThrow(
      `${cannot} the file of AWS_WEB_IDENTITY_TOKEN_FILE cannot be read (ENOENT).`,
    );
  });
});

test("names the variables that are missing", () => {
  const why = (env: S3Env) => {
    try {
      openBlobStore("s3://data", env);
    } catch (error) {
      return error instanceof BlobStoreError ? error.message.replace("The bucket data needs credentials: ", "") : "";
    }
  };
  expect(why({})).toBe(
    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN.",
  );
  expect(why({ AWS_ACCESS_KEY_ID: "a" })).toBe("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY.");
  expect(why({ AWS_SECRET_ACCESS_KEY: "a" })).toBe("AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID.");
  expect(why({ AWS_ROLE_ARN: "a" })).toBe("AWS_ROLE_ARN is set without AWS_WEB_IDENTITY_TOKEN_FILE.");
  expect(why({ AWS_WEB_IDENTITY_TOKEN_FILE: "a" })).toBe("AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN.");
});
