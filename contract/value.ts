import { z } from "zod";
import { byteLength, textError } from "./json";
import { KEY, keyError } from "./key";

/** In JSON Schema: text without NUL, and without control characters. Unlike `\P{Cc}`, every dialect of patterns has them. */
export const NO_NUL = "^[^\\u0000]*$";
const NO_CONTROL = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

/** Text of at most `maxBytes` bytes of UTF-8 that PostgreSQL can store. */
export function text(maxBytes: number) {
  return z
    .string()
    .check((context) => {
      const message =
        textError(context.value) ?? (byteLength(context.value) > maxBytes ? `must be at most ${maxBytes} bytes` : null);
      if (message) context.issues.push({ code: "custom", message, input: context.value });
    })
    .meta({ pattern: NO_NUL, maxLength: maxBytes });
}

/** 1 to `maxCharacters` characters, no control characters. */
export function name(maxCharacters: number) {
  return text(4 * maxCharacters)
    .min(1)
    .max(maxCharacters)
    .regex(/^\P{Cc}*$/u, "must not contain control characters")
    .meta({ pattern: NO_CONTROL, maxLength: maxCharacters });
}

/** Any GUID, converted to lower case. */
export const Id = z.guid().toLowerCase();

/** As many as an `integer` of PostgreSQL holds. */
export const Count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A name of versions, which may have slashes as a path has. */
export const Key = z
  .string()
  .min(1)
  .max(255)
  .check(({ value, issues }) => {
    const message = value === "" ? null : keyError(value);
    if (message) issues.push({ code: "custom", message, input: value });
  })
  .meta({ pattern: KEY.source });

/** What keys with slashes are in: the beginning of a key, up to a slash; empty for all keys. */
export const Folder = z
  .string()
  .max(255)
  .refine((text) => text === "" || (text.endsWith("/") && keyError(text.slice(0, -1)) === null), {
    error: "must be empty, or a key and a slash",
  })
  .meta({ pattern: `^(?:${KEY.source.slice(1, -1)}\\/)?$` });

/** RFC 3339 with an offset. Output is always of the form `2026-11-23T03:45:00.123456Z`. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 date and time with an offset" })
  .max(40, "must have at most 40 characters")
  .refine((timestamp) => Number(timestamp.slice(0, 4)) >= 1970 && Number(timestamp.slice(0, 4)) <= 2200, {
    error: "must be between the years 1970 and 2200",
  })
  .refine((timestamp) => !/[+-](?:1[6-9]|2[0-9]):[0-9]{2}$/.test(timestamp), {
    error: "must have an offset of less than 16 hours",
  });

/** For reads as of a timestamp: what existed then, with the fields and labels that it had. One in the future is now. */
export const AsOf = Timestamp.optional();

export const Tags = z.array(name(255)).max(50);

/** Why something is written: 1 to 500 characters. */
export const Reason = text(4 * 500)
  .min(1)
  .max(500);

export const ById = z.strictObject({ id: Id });
export type ById = z.infer<typeof ById>;

/** What is deleted or restored, and why. */
export const ChangeById = z.strictObject({ id: Id, reason: Reason.nullish() });
export type ChangeById = z.infer<typeof ChangeById>;
