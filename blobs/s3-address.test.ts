import { describe, expect, test } from "vitest";
import { openBlobStore } from "./open";
import { parseS3Address, type S3Env } from "./s3-address";

describe("the address and the environment", () => {
  const read = (address: string, env: S3Env = {}) => {
    const { endpoint, ...rest } = parseS3Address(address, env);
    return { ...rest, endpoint: endpoint.href };
  };

  test("have defaults for AWS", () => {
    expect(read("s3://data")).toEqual({
      ...{ bucket: "data", prefix: "", region: "us-east-1", style: "virtual" },
      endpoint: "https://s3.us-east-1.amazonaws.com/",
    });
    expect(read("s3://data/a/b/", { AWS_REGION: "cn-north-1" })).toEqual({
      ...{ bucket: "data", prefix: "a/b", region: "cn-north-1", style: "virtual" },
      endpoint: "https://s3.cn-north-1.amazonaws.com.cn/",
    });
    // A certificate for one part of a host name does not cover two.
    expect(read("s3://data.example.com").style).toBe("path");
  });

  test("name another service", () => {
    const minio = { bucket: "data", prefix: "", region: "us-east-1", style: "path", endpoint: "http://minio:9000/" };
    expect(read("s3://data/?endpoint=http://minio:9000")).toEqual(minio);
    expect(read("s3://data?endpoint=http%3A%2F%2Fminio%3A9000&region=eu-1&style=virtual")).toEqual({
      ...minio,
      ...{ region: "eu-1", style: "virtual" },
    });
    expect(read("s3://data", { AWS_ENDPOINT_URL_S3: "http://minio:9000" })).toEqual(minio);
  });

  test("are rejected with the part that is wrong", () => {
    const wrong: [address: string, why: string][] = [
      ["s3://", "its bucket has no valid name"],
      ["s3://a/b", "its bucket has no valid name"],
      ["s3://-data", "its bucket has no valid name"],
      ["s3://data/%FF", "its prefix has an escape that is not UTF-8"],
      ["s3://data/a%20b", "its prefix has characters"],
      ["s3://data/../other", "its prefix has characters"],
      ["s3://data?endpont=x", 'it has the parameter "endpont", but knows endpoint, region, style'],
      ["s3://data?region=a b", "its region has no valid name"],
      ["s3://data?style=host", "its style is neither path nor virtual"],
      ["s3://data?endpoint=minio:9000", "its endpoint is not an address such as https://s3.example.com"],
      ["s3://data?endpoint=http://key:secret@minio", "its endpoint is not an address"],
      ["s3://data?endpoint=http://minio/data", "its endpoint is not an address"],
      ["s3://data#a", "write s3://bucket/prefix"],
    ];
    for (const [address, why] of wrong) {
      const open = () => openBlobStore(address, { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" });
      expect(open, address).toThrow(`VITRINE_BLOBS is not the address of a bucket: ${why}`);
      expect(open).not.toThrow("secret");
    }
  });
});
