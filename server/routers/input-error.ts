import type { z } from "zod";
import { VitrineError } from "#contract/error";

type Issue = z.core.$ZodIssue;

/**
 * The sentence for an input that its schema refused: the first field that broke a rule, and the rule.
 * `details.field` is its path, as in `where.artifacts.id.any[0]`.
 */
export function inputError(issues: readonly Issue[]): VitrineError {
  const issue = issues[0];
  if (!issue) return new VitrineError("BAD_REQUEST", "The input was refused; compare it with the procedure's fields.");
  const { path, message } = firstRule(issue, []);
  const field = fieldOf(path);
  const rule = message.replace(/[.\s]*$/, "");
  if (field === "") return new VitrineError("BAD_REQUEST", `The input was refused: ${rule}.`);
  return new VitrineError("BAD_REQUEST", `The field "${field}" was refused: ${rule}.`, { field });
}

/** The rule at the bottom of an issue; of a union, the form that the input came nearest to. */
function firstRule(issue: Issue, above: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string } {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const nearest = issue.errors.filter((form) => form[0]).sort((one, other) => farness(one) - farness(other))[0]?.[0];
    if (nearest) return firstRule(nearest, path);
  }
  if (issue.code === "unrecognized_keys") {
    return { path: [...path, issue.keys[0] ?? ""], message: "the procedure has no such field" };
  }
  return { path, message: issue.message };
}

/** A form that misses a field is farther than one whose value breaks a rule. */
function farness(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "invalid_type" && issue.path.length <= 1 ? 3 : 1), 0);
}

/** A path as it is written in code; cut where a caller's own names make it longer than anyone reads. */
function fieldOf(path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    return before === "" ? String(step) : `${before}.${String(step)}`;
  }, "");
  return written.length > 200 ? `${written.slice(0, 200)}…` : written;
}
