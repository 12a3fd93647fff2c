import type { Command } from "#app/_ui/command-list";
import type { Facets, FacetValue } from "#contract/query";
import { STATE_TYPES } from "#contract/state";
import type { StateType } from "#contract/where";
import { formatCount } from "#formats/number";
import { typeName } from "../../../_list/artifact-type";
import { stateLabel } from "../../../_list/state-label";
import { SPANS } from "../created";
import type { View } from "../view";

/**
 * The filters to pick from: values of the facets, each with its count, time spans, and matches of the text itself.
 * Filters of which a view has one at most are left out where it has one.
 */
export function filterCommands(
  text: string,
  view: View,
  facets: Facets | undefined,
  { onAdd, onRange }: { onAdd: (part: Partial<View>) => void; onRange: () => void },
): Command[] {
  const query = text.trim();
  const words = query.toLowerCase().split(/\s+/);
  const matches = ({ label, group }: Command) =>
    words.every((word) => `${group} ${label}`.toLowerCase().includes(word));
  const fromFacet = (
    group: string,
    values: FacetValue[],
    partOf: (value: string) => Partial<View>,
    labelOf = (value: string): string => value,
  ): Command[] =>
    [...distinctValues(values)].map(([value, matching]) => ({
      id: `${group} ${value}`,
      group,
      label: labelOf(value),
      hint: facets && countLabel(matching, facets),
      run: () => onAdd(partOf(value)),
    }));
  const fromText = (label: string, part: Partial<View>): Command => ({
    id: label,
    group: "Text",
    label: `${label} “${query}”`,
    run: () => onAdd(part),
  });
  const { types = [], flows = [], deployments = [], states = [], tags = [] } = facets ?? {};
  const newTags = tags.filter(({ value }) => value !== null && !view.tags.includes(value));
  const fixed: Command[] = [
    ...(view.type ? [] : fromFacet("Type", types, (type) => ({ type }), typeName)),
    ...(view.flow ? [] : fromFacet("Flow", flows, (flow) => ({ flow }))),
    ...(view.deployment ? [] : fromFacet("Deployment", deployments, (deployment) => ({ deployment }))),
    ...(view.state ? [] : fromFacet("Run state", states, (state) => ({ state: parseState(state) }), stateLabel)),
    ...fromFacet("Run tag", newTags, (tag) => ({ tags: [...view.tags, tag] })),
    ...Object.entries(SPANS).map(([created, { label }]) => ({
      id: created,
      group: "Created",
      label,
      run: () => onAdd({ created }),
    })),
    { id: "range", group: "Created", label: "Between two dates…", run: onRange },
  ];
  const free: Command[] = [
    ...(view.keys === "none" ? [] : [fromText("Key contains", { key: query })]),
    fromText("Description contains", { description: query }),
    fromText("Flow is", { flow: query }),
    fromText("Run tag is", { tags: [...new Set([...view.tags, query])] }),
  ];
  return [...fixed.filter(matches), ...(query ? free : [])];
}

function countLabel(value: number, facets: Facets): string {
  return `${formatCount(value)}${facets.complete ? "" : "+"}`;
}

function parseState(value: string): StateType | null {
  return STATE_TYPES.find((each) => each === value) ?? null;
}

/** Without null; of a value that occurs twice, as the name of two flows, the first and more frequent. */
function distinctValues(values: FacetValue[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value, count: matching } of values) {
    if (value !== null && !counts.has(value)) counts.set(value, matching);
  }
  return counts;
}
