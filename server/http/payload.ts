import { randomUUID } from "node:crypto";
import { VitrineError } from "#contract/error";
import { byteLength } from "#contract/json";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { type Path, scan } from "#contract/scan";
import type { DataDoor } from "../routers/context";

/** What carries the `data` of one request around everything that would parse it. */
export interface Payload {
  /** The body with each value at `paths` replaced by a marker. Refuses a body that is not JSON, or nested too deep. */
  cut(body: string, paths: readonly Path[]): string;
  /** The answer with each marker replaced by the stored text it stands for. */
  splice(answer: string): string;
  /** What procedures see of it. */
  door: DataDoor;
}

/**
 * Lets `data` travel as text through one request: big integers, `1.0`, key order and `\u0000` stay as they were sent
 * or stored. Markers hold random bytes that no caller can know. `maxData` is the largest data in bytes;
 * beyond it `door.text` answers PAYLOAD_TOO_LARGE.
 */
export function createPayload(options: { maxData: number }): Payload {
  let made: string | undefined;
  const prefixOf = () => {
    made ??= `data:${randomUUID()}:`;
    return made;
  };
  const received = new Map<string, string>();
  const answered: string[] = [];
  return {
    cut(body, paths) {
      const parts: string[] = [];
      let kept = 0;
      for (const span of scan(body, paths)) {
        const marker = `${prefixOf()}${received.size}`;
        received.set(marker, body.slice(span.from, span.to));
        parts.push(body.slice(kept, span.from), `"${marker}"`);
        kept = span.to;
      }
      return parts.length === 0 ? body : parts.join("") + body.slice(kept);
    },
    splice(answer) {
      if (answered.length === 0) return answer;
      const [first = "", ...rest] = answer.split(`"${prefixOf()}`);
      const parts = [first];
      for (const part of rest) {
        const end = part.indexOf('"');
        parts.push(answered[Number(part.slice(0, end))] ?? "null", part.slice(end + 1));
      }
      return parts.join("");
    },
    door: {
      text(value) {
        const cut = typeof value === "string" ? received.get(value) : undefined;
        return bounded(cut ?? written(value), options.maxData);
      },
      value: (text) => `${prefixOf()}${answered.push(text) - 1}`,
    },
  };
}

/** `data` of callers in this process, who hold values and not text. Larger than a page embeds, it is answered as null. */
export const plainData: DataDoor = {
  text: written,
  // The text was checked when it was stored, so what it parses to is JSON.
  value: (text) => (text.length > MAX_EMBEDDED_DATA || byteLength(text) > MAX_EMBEDDED_DATA ? null : JSON.parse(text)),
};

function bounded(text: string, maxData: number): string {
  if (Buffer.byteLength(text) <= maxData) return text;
  throw new VitrineError("PAYLOAD_TOO_LARGE", `Send at most ${maxData} bytes of data, or raise VITRINE_MAX_DATA.`, {
    field: "data",
  });
}

/** The JSON text of a value; one that has none, or is nested too deep, is refused. */
function written(value: unknown): string {
  const text = stringified(value);
  if (text === undefined) throw new VitrineError("BAD_REQUEST", "Send data that JSON can hold.", { field: "data" });
  scan(text, [[]]);
  return text;
}

/** Undefined for what is no JSON at all, a cycle, or so deep that the writer gives up. */
function stringified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
