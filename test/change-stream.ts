import { once } from "node:events";
import { ChangeMessage } from "#contract/changes";

/** A watcher of a running server, as a test sees it. */
export interface ChangeStream extends AsyncDisposable {
  response: Response;
  /** Every word so far. */
  words: ChangeMessage[];
  /** The first word from the `from`th on that fits, already here or still to come; rejects after `patience` ms. */
  heard(fits: (word: ChangeMessage) => boolean, patience?: number): Promise<ChangeMessage>;
  /** How the stream ended: `return` says that there is no more, anything else that the watcher should come again. */
  ended: Promise<string>;
}

export const isResync = ({ type }: ChangeMessage) => type === "resync";

/** Whether a word is about a key. */
export const concerns = (key: string) => (word: ChangeMessage) => word.type === "changed" && word.keys.includes(key);

/** Opens `changes.watch` on a server by the bytes that an EventSource would read. */
export async function openChangeStream(url: string, input?: object): Promise<ChangeStream> {
  const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const left = new AbortController();
  const response = await fetch(`${url}/api/trpc/changes.watch${query}`, {
    headers: { accept: "text/event-stream" },
    signal: left.signal,
  });
  const words: ChangeMessage[] = [];
  const news = new EventTarget();
  const ended = read(response, (word) => {
    words.push(word);
    news.dispatchEvent(new Event("word"));
  });
  let from = 0;
  return {
    response,
    words,
    ended,
    async heard(fits, patience = 5_000) {
      const signal = AbortSignal.timeout(patience);
      for (;;) {
        const at = words.findIndex((word, index) => index >= from && fits(word));
        const word = words[at];
        if (word) {
          from = at + 1;
          return word;
        }
        await once(news, "word", { signal });
      }
    },
    async [Symbol.asyncDispose]() {
      left.abort();
      await ended;
    },
  };
}

async function read(response: Response, hear: (word: ChangeMessage) => void): Promise<string> {
  if (!response.body || !response.ok) return `status ${response.status}`;
  let text = "";
  try {
    for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + bytes).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const { type, data } = fieldsOf(event);
        if (type === "return") return "return";
        if (type === "message") hear(ChangeMessage.parse(JSON.parse(data)));
      }
    }
    return "the end of the body";
  } catch (error) {
    return String(error);
  }
}

function fieldsOf(event: string): { type: string; data: string } {
  const fields = new Map(event.split("\n").map((line) => [line.split(":")[0], line.slice(line.indexOf(":") + 2)]));
  const data = fields.get("data");
  return { type: fields.get("event") ?? (data ? "message" : ""), data: data ?? "" };
}
