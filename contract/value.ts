import { z } from "zod";
import { byteLength, textError } from "./json";

/** Free text of at most `maxBytes` bytes of UTF-8 that PostgreSQL can keep exactly. */
export function text(maxBytes: number) {
  return z.string().check((context) => {
    const fault =
      textError(context.value) ?? (byteLength(context.value) > maxBytes ? `must be at most ${maxBytes} bytes` : null);
    if (fault) context.issues.push({ code: "custom", message: fault, input: context.value });
  });
}

/** A name: 1 to `maxCharacters` characters, none of them a control character. */
export function name(maxCharacters: number) {
  return text(4 * maxCharacters)
    .min(1)
    .max(maxCharacters)
    .regex(/^\P{Cc}*$/u, "must not contain control characters");
}

/** An id: any GUID, normalised to lower case. */
export const Id = z.guid().toLowerCase();

/** The key that groups versions: lowercase letters, digits and dashes, 1 to 255 characters. */
export const Key = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[a-z0-9-]*$/, "must only contain lowercase letters, digits and dashes");

/** A moment, in: RFC 3339 with an offset, years 1970 to 2200. Out: always `2026-11-23T03:45:00.123456Z`. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 date and time with an offset" })
  .max(40)
  .refine((instant) => Number(instant.slice(0, 4)) >= 1970 && Number(instant.slice(0, 4)) <= 2200, {
    error: "must lie in the years 1970 to 2200",
  })
  .refine((instant) => !/[+-](?:1[6-9]|2[0-9]):[0-9]{2}$/.test(instant), {
    error: "must have an offset of less than 16 hours",
  });

/** Tags: at most 50 of at most 255 characters each. */
export const Tags = z.array(name(255)).max(50);

/** Names one row by its id. */
export const ById = z.strictObject({ id: Id });
export type ById = z.infer<typeof ById>;
