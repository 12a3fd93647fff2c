import { once } from "node:events";
import { ChangeMessage } from "#contract/changes";

/** An open `changes.watch`. */
export interface ChangeStream extends AsyncDisposable {
  response: Response;
  /** Every message so far. */
  messages: ChangeMessage[];
  /** The next message that matches, after the one that the last call returned; rejects after `timeout` ms. */
  next(matches: (message: ChangeMessage) => boolean, timeout?: number): Promise<ChangeMessage>;
  /** How the stream ended: `return` would keep an EventSource from reconnecting, anything else does not. */
  ended: Promise<string>;
}

export const isResync = ({ type }: ChangeMessage) => type === "resync";

/** Matches changes of artifacts under a key. */
export const concerns = (key: string) => (message: ChangeMessage) =>
  message.type === "changed" && message.keys.includes(key);

/** Opens `changes.watch` and parses the bytes that an EventSource would read. */
export async function openChangeStream(
  url: string,
  input?: object,
  headers: Record<string, string> = {},
): Promise<ChangeStream> {
  const query = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const close = new AbortController();
  const response = await fetch(`${url}/api/trpc/changes.watch${query}`, {
    headers: { accept: "text/event-stream", ...headers },
    signal: close.signal,
  });
  const messages: ChangeMessage[] = [];
  const events = new EventTarget();
  const ended = read(response, (message) => {
    messages.push(message);
    events.dispatchEvent(new Event("message"));
  });
  let from = 0;
  return {
    response,
    messages,
    ended,
    async next(matches, timeout = 5_000) {
      const signal = AbortSignal.timeout(timeout);
      for (;;) {
        const index = messages.findIndex((message, at) => at >= from && matches(message));
        const message = messages[index];
        if (message) {
          from = index + 1;
          return message;
        }
        await once(events, "message", { signal });
      }
    },
    async [Symbol.asyncDispose]() {
      close.abort();
      await ended;
    },
  };
}

async function read(response: Response, onMessage: (message: ChangeMessage) => void): Promise<string> {
  if (!response.body || !response.ok) return `status ${response.status}`;
  let text = "";
  try {
    for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + bytes).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const { type, data } = parseEvent(event);
        if (type === "return") return "return";
        if (type === "message") onMessage(ChangeMessage.parse(JSON.parse(data)));
      }
    }
    return "end of the body";
  } catch (error) {
    return String(error);
  }
}

function parseEvent(event: string): { type: string; data: string } {
  const fields = new Map(event.split("\n").map((line) => [line.split(":")[0], line.slice(line.indexOf(":") + 2)]));
  const data = fields.get("data");
  return { type: fields.get("event") ?? (data ? "message" : ""), data: data ?? "" };
}
