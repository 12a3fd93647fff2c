import { VitrineError } from "#contract/error";
import type { Path } from "#contract/json-scan";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import { exactPaths } from "#contract/raw-json";
import type { HeaderReader } from "#server/http/access";
import { decodeUtf8, expectUncompressed } from "#server/http/body";
import type { HttpRequest, HttpResponse } from "#server/http/message";
import { parseExact } from "#server/http/payload";
import type { Route } from "./route";
import { invalidBody, invalidJson, unreadableBody } from "./validation-error";

/** A body as the contract's input, or the refusal of it. */
export type Read = { value: object } | { refused: HttpResponse };

/**
 * Reads the body of a request as the input that its route asks for.
 * PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for a compressed one; every other fault comes back as its refusal.
 */
export async function readBody(route: Route, asked: HttpRequest, maxData: number): Promise<Read> {
  const schema = route.body ?? route.query;
  if (!schema) return { value: {} };
  expectUncompressed(asked.headers);
  const text = decodeUtf8(await asked.body(maxData + MAX_BODY_OVERHEAD)).trim();
  if ((text === "" || text === "null") && route.body) return { refused: unreadableBody("missing", "Field required") };
  if (text !== "" && !isJson(asked.headers)) {
    return { refused: unreadableBody("model_attributes_type", "Input should be sent as application/json") };
  }
  const sent = parsedOr(text === "" ? "null" : text, exactPaths(schema), maxData);
  if (sent instanceof VitrineError) return { refused: invalidJson(sent.message) };
  const parsed = schema.safeParse(sent === null && route.query ? {} : sent, { reportInput: true });
  return parsed.success ? { value: Object(parsed.data) } : { refused: invalidBody(parsed.error.issues) };
}

/** Takes a body in and drops it. */
export async function dropBody(asked: HttpRequest): Promise<void> {
  await asked.body(16 * MAX_BODY_OVERHEAD);
}

function parsedOr(text: string, exact: readonly Path[], maxData: number): unknown {
  try {
    return parseExact(text, exact, maxData);
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
