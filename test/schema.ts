import { z } from "zod";

/** The first issue that a schema has with an input, as `path: message` (or the message alone); null if it accepts it. */
export function issueOf(schema: z.ZodType, input: unknown): string | null {
  const issue = schema.safeParse(input).error?.issues[0];
  if (!issue) return null;
  const path = z.core.toDotPath(issue.path);
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}
