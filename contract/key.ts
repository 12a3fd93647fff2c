/** What a key can be, with at most 255 characters: a path of names, none of which is `.` or `..`. */
export const KEY = /^[a-z0-9-][a-z0-9._-]*(?:\/(?:\.{0,2}[a-z0-9_-]|\.{3})[a-z0-9._-]*)*$/;

/** What a key contains, in a sentence. */
export const KEY_CHARACTERS = "lowercase letters, digits, dashes, dots, underscores and slashes";

/** The first rule that a text of 1 to 255 characters breaks as a key; null for a key. Without Zod, for browser code. */
export function keyError(text: string): string | null {
  if (KEY.test(text)) return null;
  if (/[^a-z0-9._/-]/.test(text)) return `must only contain ${KEY_CHARACTERS}`;
  if (/^[._/]/.test(text)) return "must begin with a lowercase letter, a digit or a dash";
  if (text.endsWith("/")) return "must not end with a slash";
  return 'must not have an empty name, "." or ".." between slashes';
}
