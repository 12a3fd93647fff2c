import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import type { Api } from "#app/_data/client";
import type { EventWhere } from "#contract/event";
import { timeCondition } from "#contract/list-filter/time-range";
import { parseAsTime } from "../../_list/filter/parse-time";

export const auditParsers = {
  /** One key of artifacts. */
  key: parseAsString.withDefault(""),
  /** The id of who wrote. */
  actor: parseAsString.withDefault(""),
  verb: parseAsString.withDefault(""),
  time: parseAsTime.withDefault(""),
  cursor: parseAsString.withDefault(""),
};

export type AuditView = inferParserType<typeof auditParsers>;

export const loadAudit = createLoader(auditParsers);

const serialize = createSerializer(auditParsers);

export function auditHref(view: Partial<AuditView> = {}): string {
  return serialize("/settings/audit", view);
}

export function isFiltered({ key, actor, verb, time }: AuditView): boolean {
  return [key, actor, verb, time].some(Boolean);
}

/** The API's filter of a view at a time (milliseconds). */
export function auditWhere({ key, actor, verb, time }: AuditView, now: number): EventWhere {
  const { after, before } = time === "" ? {} : timeCondition(time, now);
  return {
    ...(key && { key }),
    ...(actor && { actors: [actor] }),
    ...(verb && { verbs: [verb] }),
    ...(after && { after }),
    ...(before && { before }),
  };
}

/** The address of the export of all events that match. */
export function exportHref({ key, actors = [], verbs = [], after, before }: EventWhere): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ key, actor: actors?.[0], verb: verbs?.[0], after, before })) {
    if (value != null) parameters.set(name, value);
  }
  const query = parameters.toString();
  return query === "" ? "/api/audit" : `/api/audit?${query}`;
}

/** A page of events; `where` is the filter of the view. */
export function eventsQuery(api: Api, view: AuditView, where: EventWhere) {
  return api.event.page.queryOptions({ where, cursor: view.cursor || undefined });
}

/** Everyone who ever wrote, by kind and name. */
export function actorsQuery(api: Api) {
  return api.event.actors.queryOptions();
}
