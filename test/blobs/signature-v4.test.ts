import { AwsV4Signer } from "aws4fetch";
import { describe, expect, test } from "vitest";
import { signatureV4 } from "./signature-v4";

/** The examples of "Signature Calculations for the Authorization Header" and "Query Parameters" in the API reference of S3. */
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEY = "AKIAIOSFODNN7EXAMPLE";
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const WELCOME = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
const host = "examplebucket.s3.amazonaws.com";
const datetime = "20130524T000000Z";
const at = { datetime, region: "us-east-1", service: "s3" };
const amz = (payload: string) => ({ host, "x-amz-content-sha256": payload, "x-amz-date": datetime });

const EXAMPLES = [
  {
    title: "a range of an object",
    request: { method: "GET", url: "/test.txt", headers: { ...amz(EMPTY), range: "bytes=0-9" } },
    payload: EMPTY,
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
  {
    title: "an object with a name that is escaped",
    request: {
      method: "PUT",
      url: "/test%24file.text",
      headers: {
        ...amz(WELCOME),
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      },
    },
    payload: WELCOME,
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
  {
    title: "a parameter without a value",
    request: { method: "GET", url: "/?lifecycle", headers: amz(EMPTY) },
    payload: EMPTY,
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  },
  {
    title: "a list",
    request: { method: "GET", url: "/?max-keys=2&prefix=J", headers: amz(EMPTY) },
    payload: EMPTY,
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
  {
    title: "a presigned URL",
    request: {
      method: "GET",
      url: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${KEY}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=${datetime}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=x`,
      headers: { host },
    },
    payload: "UNSIGNED-PAYLOAD",
    signature: "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  },
];

describe("the published examples", () => {
  for (const { title, request, payload, signature } of EXAMPLES) {
    test(title, () => {
      const signedHeaders = Object.keys(request.headers).sort();
      expect(signatureV4(request, { ...at, signedHeaders, payload }, SECRET)).toBe(signature);
    });
  }

  test("are signed alike by the library", async () => {
    for (const { request, signature } of EXAMPLES) {
      const signer = new AwsV4Signer({
        ...{ ...at, method: request.method, accessKeyId: KEY, secretAccessKey: SECRET, allHeaders: true },
        url: `https://${host}${request.url.replace(/&X-Amz-Signature.*/, "")}`,
        headers: request.headers,
        signQuery: request.url.includes("X-Amz-"),
      });
      expect(await signer.signature()).toBe(signature);
    }
  });
});
