import { type View, viewParsers } from "../view";

/** What of a view has no field in the form, carried on where the form is sent without scripts. */
export function KeptFilters({ view }: { view: View }) {
  return (
    <>
      {view.versions !== "latest" && <input type="hidden" name="versions" value={view.versions} />}
      {view.keys !== "any" && <input type="hidden" name="keys" value={view.keys} />}
      {view.show && <input type="hidden" name="show" value={view.show} />}
      {view.flow && <input type="hidden" name="flow" value={view.flow} />}
      {view.deployment && <input type="hidden" name="deployment" value={view.deployment} />}
      {view.state && <input type="hidden" name="state" value={view.state} />}
      {view.description && <input type="hidden" name="description" value={view.description} />}
      {view.created && <input type="hidden" name="created" value={view.created} />}
      {view.tags.length > 0 && <input type="hidden" name="tags" value={viewParsers.tags.serialize(view.tags)} />}
    </>
  );
}
