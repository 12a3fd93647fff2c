import { ChangesWord } from "#contract/changes";
import type { Connection } from "./connection";

/**
 * What `changes.watch` says of a key, until its stream ends: `resync` first, then hints.
 * @throws StoreError where it is refused or nobody answers
 */
export async function* changesOf(connection: Connection, key: string): AsyncGenerator<ChangesWord> {
  const input = encodeURIComponent(JSON.stringify({ keys: [key] }));
  const response = await connection.get(`/api/trpc/changes.watch?input=${input}`, { accept: "text/event-stream" });
  for await (const event of eventsIn(response.body)) {
    const word = ChangesWord.safeParse(event);
    if (word.success) yield word.data;
  }
}

/** The data of each server-sent event. */
async function* eventsIn(body: ReadableStream<Uint8Array> | null): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) yield JSON.parse(data);
    }
  }
}
