import type { APIRequestContext } from "@playwright/test";

/** Publishes data as the JSON text that it is, which no client can spell; gives the id. */
export async function publishText(
  request: APIRequestContext,
  { key, type, text }: { key: string; type: string; text: string },
): Promise<string> {
  const answer = await request.post("/api/trpc/artifact.create", {
    headers: { "content-type": "application/json" },
    data: Buffer.from(`{"key":"${key}","type":"${type}","data":${text}}`),
  });
  return (await answer.json()).result.data.id;
}
