import type { APIRequestContext } from "@playwright/test";

/** Publishes data as this exact JSON text, which a client would not keep. Returns the id. */
export async function publishText(
  request: APIRequestContext,
  { key, type, text }: { key: string; type: string; text: string },
): Promise<string> {
  const response = await request.post("/api/trpc/artifact.create", {
    headers: { "content-type": "application/json" },
    data: Buffer.from(`{"key":"${key}","type":"${type}","data":${text}}`),
  });
  return (await response.json()).result.data.id;
}
