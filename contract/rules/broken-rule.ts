import type { z } from "zod";
import { REQUIRED } from "./rule";

type Issue = z.core.$ZodIssue;

export interface BrokenRule {
  path: readonly PropertyKey[];
  /** As in code: `where.artifacts.id.any[0]`; empty for the input itself. */
  field: string;
  /** Without a full stop. */
  rule: string;
}

/** The first rule that an input breaks, of a union in the form that it is closest to. */
export function brokenRule(issues: readonly Issue[]): BrokenRule {
  const issue = firstOf(issues);
  if (!issue) return { path: [], field: "", rule: "has a value that is not allowed" };
  const { path, message } = innermost(issue, []);
  return { path, field: formatPath(path), rule: message.replace(/[.\s]*$/, "") };
}

/** As a sentence. */
export function ruleSentence({ field, rule }: Pick<BrokenRule, "field" | "rule">): string {
  return `The ${field === "" ? "input" : `field "${field}"`} ${rule}${rule.endsWith("?") ? "" : "."}`;
}

/** A mistyped name is why another is missing. */
function firstOf(issues: readonly Issue[]): Issue | undefined {
  const [first] = issues;
  if (first?.message !== REQUIRED) return first;
  const parent = first.path.slice(0, -1).join("\n");
  return issues.find(({ code, path }) => code === "unrecognized_keys" && path.join("\n") === parent) ?? first;
}

function innermost(issue: Issue, above: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string } {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") return { path: [...path, issue.keys[0] ?? ""], message: issue.message };
  if (issue.code !== "invalid_union" || issue.message === REQUIRED) return { path, message: issue.message };
  const forms = issue.errors.filter((form) => form.length > 0);
  const kinds = forms.map(kindOfForm);
  if (kinds.length > 1 && kinds.every((kind) => kind !== null)) {
    return { path, message: `must be ${[...new Set(kinds)].join(" or ")}` };
  }
  const closest = firstOf(forms.sort((one, other) => mismatch(one) - mismatch(other))[0] ?? []);
  return closest ? innermost(closest, path) : { path, message: issue.message };
}

/** What a form of a union must be, where the value itself is of another kind. */
function kindOfForm([issue]: readonly Issue[]): string | null {
  if (issue?.code !== "invalid_type" && issue?.code !== "invalid_value") return null;
  return issue.path.length > 0 ? null : issue.message.replace(/^must be /, "").replace(/, not .*$/, "");
}

/** A missing field weighs more than a value that breaks a rule, and another kind of value more than that. */
function mismatch(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + issue.keys.length;
    if (issue.code !== "invalid_type") return sum + 1;
    return sum + (issue.path.length === 0 ? 9 : issue.path.length === 1 ? 3 : 1);
  }, 0);
}

/** A path as in code, shortened where the caller's own names make it very long. */
function formatPath(path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    return before === "" ? String(step) : `${before}.${String(step)}`;
  }, "");
  return written.length > 200 ? `${written.slice(0, 200)}…` : written;
}
