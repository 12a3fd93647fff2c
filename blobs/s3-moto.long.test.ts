import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { AwsClient } from "aws4fetch";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { contentFolder, testStoreLaws } from "#test/blobs/store-laws";
import { openBlobStore } from "./open";

/** A second opinion on S3: moto, of `pip install "moto[s3,server]"`. */
const program = process.env.VITRINE_TEST_MOTO || "moto_server";

const isInstalled = await promisify(execFile)(program, ["--help"]).then(
  () => true,
  () => false,
);

const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

if (isInstalled) {
  let url = "";
  let child: ReturnType<typeof spawn>;
  beforeAll(async () => {
    child = spawn(program, ["--host", "127.0.0.1", "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    url = await new Promise<string>((resolve, reject) => {
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
          output += chunk;
          const address = /Running on (http:\/\/\S+)/.exec(output)?.[1];
          if (address) resolve(address);
        });
      }
      child.once("close", () => reject(new Error(`moto exited: ${output}`)));
    });
    const aws = new AwsClient({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", service: "s3" });
    const response = await aws.fetch(`${url}/vitrine`, { method: "PUT" });
    expect(response.status).toBe(200);
  });
  afterAll(() => {
    child.kill();
  });

  testStoreLaws(
    {
      async create() {
        const prefix = randomBytes(6).toString("hex");
        return () => openBlobStore(`s3://vitrine/${prefix}?endpoint=${url}`, keys);
      },
    },
    inject("runs"),
  );

  const content = contentFolder();

  // Under a name and a type, too, which moto 5.2 leaves out: see s3-store.test.ts.
  test("links return the object", async () => {
    const store = openBlobStore(`s3://vitrine/links?endpoint=${url}`, keys);
    const { sha256, file, bytes } = await content(randomBytes(100));
    await store.put(sha256, file);
    const link = await store.link(sha256, { name: "a +b.csv", mediaType: "text/csv", seconds: 60 });
    const response = await fetch(link ?? "");
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });
} else {
  test("moto", (context) => {
    context.skip('moto is not installed: pip install "moto[s3,server]", or its moto_server in VITRINE_TEST_MOTO');
  });
}
