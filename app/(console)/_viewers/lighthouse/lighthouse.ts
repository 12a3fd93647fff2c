import type { Json } from "#contract/json";
import { cut, MAX_ROWS } from "#formats/reports/report-rows";
import { isObject } from "../shared/is-object";

/** A score from 0 to 1; null where it could not be measured. */
type Score = number | null;

export interface LighthouseReport {
  url: string;
  categories: { title: string; score: Score }[];
  /** How many audits count in a category. */
  total: number;
  /** The first ones; those that count in no category are left out. */
  audits: { category: string; title: string; score: Score; value: string }[];
}

/** Whether data is a report of Lighthouse by its members. */
export function isLighthouse(data: Json): boolean {
  return (
    isObject(data) &&
    typeof data.lighthouseVersion === "string" &&
    isObject(data.categories ?? null) &&
    isObject(data.audits ?? null)
  );
}

/** The categories and their audits in the order of a report of Lighthouse; empty for other data. */
export function readLighthouse(data: Json): LighthouseReport {
  const report: LighthouseReport = { url: "", categories: [], total: 0, audits: [] };
  if (!isObject(data) || !isLighthouse(data)) return report;
  const audits = objectOf(data.audits);
  report.url = textOf(data.finalDisplayedUrl) || textOf(data.finalUrl) || textOf(data.requestedUrl);
  for (const category of Object.values(objectOf(data.categories)).map(objectOf)) {
    const title = cut(textOf(category.title));
    report.categories.push({ title, score: scoreOf(category.score) });
    for (const reference of Array.isArray(category.auditRefs) ? category.auditRefs.map(objectOf) : []) {
      const id = textOf(reference.id);
      if (!Object.hasOwn(audits, id)) continue;
      report.total += 1;
      if (report.audits.length >= MAX_ROWS) continue;
      const audit = objectOf(audits[id]);
      const value = cut(textOf(audit.displayValue) || textOf(audit.errorMessage));
      report.audits.push({
        category: title,
        title: cut(textOf(audit.title) || id),
        score: scoreOf(audit.score),
        value,
      });
    }
  }
  return report;
}

const objectOf = (value: Json | undefined) => (value !== undefined && isObject(value) ? value : {});
const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");
const scoreOf = (value: Json | undefined) => (typeof value === "number" ? value : null);
