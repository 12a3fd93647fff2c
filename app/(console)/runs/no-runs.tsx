import { buttonClass } from "#app/_ui/button";
import { idOf } from "#contract/list-filter/condition";
import { sentenceOf } from "../_list/filter/labels";
import { PastLink } from "../_past/past-link";
import { type RunsView, runsHref } from "./view";
import { conditionsOf, filteredBy } from "./where";

export function NoRuns({ view }: { view: RunsView }) {
  const conditions = conditionsOf(view);
  const title = view.cursor
    ? "Nothing on this page any more"
    : conditions.length > 0
      ? "No matching runs"
      : "No runs yet";
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-16 text-center text-sm text-soft">
      <h2 className="mb-3 font-medium text-base text-ink">{title}</h2>
      {view.cursor && (
        <PastLink href={runsHref({ ...view, cursor: "" })} className={buttonClass()}>
          Back to first page
        </PastLink>
      )}
      {!view.cursor && conditions.length === 0 && <p>Runs appear here when a workflow reports them.</p>}
      {!view.cursor && (
        <ul className="flex flex-wrap justify-center gap-2">
          {conditions.map((condition) => {
            const others = conditions.filter((each) => each !== condition);
            return (
              <li key={idOf(condition)} className="max-w-full">
                <PastLink href={runsHref(filteredBy(view, others))} className={buttonClass("plain", "max-w-full")}>
                  <span className="truncate">Clear filter: {sentenceOf(condition)}</span>
                </PastLink>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
