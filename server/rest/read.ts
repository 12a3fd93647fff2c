import { VitrineError } from "#contract/error";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import type { HeaderReader } from "#server/http/access";
import { expectPlain, utf8 } from "#server/http/body";
import type { HttpRequest, HttpResponse } from "#server/http/message";
import type { Payload } from "#server/http/payload";
import type { Route } from "./route";
import { invalidBody, invalidJson, unreadableBody } from "./validation-error";

/** A body as the contract's input, or the refusal of it. */
export type Read = { value: object } | { refused: HttpResponse };

/**
 * Reads the body of a request as the input that its route asks for, data cut out of it.
 * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for a compressed one; every other fault comes back as its refusal.
 */
export async function readBody(route: Route, asked: HttpRequest, payload: Payload, maxData: number): Promise<Read> {
  const schema = route.body ?? route.query;
  if (!schema) return { value: {} };
  expectPlain(asked.headers);
  const text = utf8(await asked.body(maxData + MAX_BODY_OVERHEAD)).trim();
  if ((text === "" || text === "null") && route.body) return { refused: unreadableBody("missing", "Field required") };
  if (text !== "" && !isJson(asked.headers)) {
    return { refused: unreadableBody("model_attributes_type", "Input should be sent as application/json") };
  }
  const cut = cutOf(text === "" ? "null" : text, payload);
  if (cut instanceof VitrineError) return { refused: invalidJson(cut.message) };
  const sent: unknown = JSON.parse(cut);
  const parsed = schema.safeParse(sent === null && route.query ? {} : sent, { reportInput: true });
  return parsed.success ? { value: Object(parsed.data) } : { refused: invalidBody(parsed.error.issues) };
}

/** Takes a body in and drops it. */
export async function dropBody(asked: HttpRequest): Promise<void> {
  await asked.body(16 * MAX_BODY_OVERHEAD);
}

function cutOf(text: string, payload: Payload): string | VitrineError {
  try {
    return payload.cut(text, [["data"]]);
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
}

/** A body without a type is taken for JSON, as Prefect does. */
function isJson(headers: HeaderReader): boolean {
  const type = headers.get("content-type");
  return type === null || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
}
