import type { z } from "zod";
import { brokenRule } from "#contract/rules/broken-rule";
import { ruleMessage } from "#contract/rules/rule";

/** The first rule of a schema that an input breaks, as `field: rule` (or the rule alone); null if it accepts it. */
export function issueOf(schema: z.ZodType, input: unknown): string | null {
  const { error } = schema.safeParse(input, { error: ruleMessage });
  if (!error) return null;
  const { field, rule } = brokenRule(error.issues);
  return field === "" ? rule : `${field}: ${rule}`;
}
