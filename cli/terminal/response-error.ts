import { z } from "zod";
import { expectJson } from "#client/error";
import { ERROR_CODES, VitrineError } from "#contract/error";

const ErrorCode = z.enum(ERROR_CODES);

/** What a door says where it refuses: tRPC's wraps it. */
const Refused = z.looseObject({ code: ErrorCode, message: z.string() });
const Wrapped = z.object({ error: z.object({ message: z.string(), data: z.looseObject({ code: ErrorCode }) }) });

/** The error that an answer is. @throws StoreError too, where it is not Vitrine's own */
export async function refusalIn(answer: Response): Promise<VitrineError> {
  return refusalOf(await expectJson(answer, answer.url).json());
}

/** The error that a JSON value is. */
export function refusalOf(value: unknown): VitrineError {
  const wrapped = Wrapped.safeParse(value).data?.error;
  const {
    code,
    message,
    httpStatus: _,
    ...details
  } = Refused.parse(wrapped ? { ...wrapped.data, message: wrapped.message } : value);
  return new VitrineError(code, message, details);
}

/** What an answer holds. @throws StoreError where it breaks off: whoever asked may ask again */
export async function* unbroken(answer: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* answer.body ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `The answer broke off (${reason}); run the same command to go on.`;
    throw new VitrineError("SERVICE_UNAVAILABLE", sentence, {}, { cause: error });
  }
}
