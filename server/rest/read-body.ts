import { VitrineError } from "#contract/error";
import type { Path } from "#contract/json-scan";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import { decodeUtf8, expectUncompressed, expectUtf8 } from "#server/http/body";
import type { HeaderReader, HttpRequest, HttpResponse } from "#server/http/message";
import { parseExact } from "#server/http/payload";
import type { Route } from "./route";
import { invalidBody, invalidJson, unreadableBody } from "./validation-error";

/** The procedure's input, or the error response. */
export type ParsedBody = { value: object } | { error: HttpResponse };

/** Parses a request's body by its route's schema. Throws PAYLOAD_TOO_LARGE and UNSUPPORTED_MEDIA_TYPE (compressed, not UTF-8). */
export async function readBody(route: Route, request: HttpRequest, maxData: number): Promise<ParsedBody> {
  const schema = route.body ?? route.query;
  if (!schema) return { value: {} };
  expectUncompressed(request.headers);
  expectUtf8(request.headers);
  const limit = (route.exact.length > 0 ? maxData : 0) + MAX_BODY_OVERHEAD;
  const text = (await decodeUtf8(await request.body(limit))).trim();
  if ((text === "" || text === "null") && route.body) return { error: unreadableBody("missing", "Field required") };
  if (text !== "" && !isJson(request.headers)) {
    return { error: unreadableBody("model_attributes_type", "Input should be sent as application/json") };
  }
  const json = await tryParse(text === "" ? "null" : text, route.exact, maxData);
  if (json instanceof VitrineError) return { error: invalidJson(json.message) };
  const parsed = schema.safeParse(json === null && route.query ? {} : json, { reportInput: true });
  return parsed.success ? { value: Object(parsed.data) } : { error: invalidBody(parsed.error.issues) };
}

async function tryParse(text: string, exact: readonly Path[], maxData: number): Promise<unknown> {
  try {
    return await parseExact(text, exact, maxData);
  } catch (error) {
    if (error instanceof VitrineError && error.code === "BAD_REQUEST") return error;
    throw error;
  }
}

/** As in Prefect, a body without a content type counts as JSON, and so does `application/*+json`. */
function isJson(headers: HeaderReader): boolean {
  const type = headers.get("content-type");
  return type === null || /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type);
}
