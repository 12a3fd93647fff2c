"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarDays } from "lucide-react";
import Link from "next/link";
import { debounce, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { useApi } from "#app/_data/client";
import { Button, buttonClass } from "#app/_ui/button";
import { Choice } from "#app/_ui/field";
import { Popover } from "#app/_ui/popover";
import type { Actor, ActorKind } from "#contract/event";
import { isTimeText, timeLabel } from "#contract/list-filter/time-range";
import { actorText } from "../../_events/event-text";
import { KeySearch } from "../../_list/filter/key-search";
import { TimeFields } from "../../_list/filter/time-fields";
import { verbGroups } from "./sentence";
import { actorsQuery, auditHref, auditParsers, isFiltered } from "./view";

const KINDS: Record<ActorKind, string> = {
  person: "People",
  key: "API keys",
  local: "Without credentials",
  system: "Server",
};

/** The filter of events, stored in the URL. Without JavaScript it is a form that requests the same URL. */
export function AuditFilter() {
  const [pending, startTransition] = useTransition();
  const [view, setView] = useQueryStates(auditParsers, { shallow: false, scroll: false, startTransition });
  const { data: actors = [] } = useQuery(actorsQuery(useApi()));
  const change = (changed: Partial<typeof view>) => setView({ ...changed, cursor: null }, { history: "push" });
  return (
    <form
      action="/settings/audit"
      aria-label="Filter"
      aria-busy={pending}
      onSubmit={(event) => event.preventDefault()}
      className="mb-3 flex flex-wrap gap-2"
    >
      <KeySearch
        name="key"
        label="Exact key"
        value={view.key}
        onSearch={(key) => setView({ key, cursor: null }, { limitUrlUpdates: debounce(300), history: "replace" })}
      />
      <Choice
        name="actor"
        aria-label="Actor"
        value={view.actor}
        onChange={({ target }) => change({ actor: target.value })}
        className="min-w-0 flex-1 basis-36 sm:max-w-44"
      >
        <option value="">Anyone</option>
        {view.actor !== "" && actors.every(({ id }) => id !== view.actor) && (
          <option value={view.actor}>{view.actor}</option>
        )}
        {Object.entries(KINDS).map(([kind, name]) => (
          <ActorGroup key={kind} name={name} actors={actors.filter((actor) => actor.kind === kind)} />
        ))}
      </Choice>
      <Choice
        name="verb"
        aria-label="Action"
        value={view.verb}
        onChange={({ target }) => change({ verb: target.value })}
        className="min-w-0 flex-1 basis-36 sm:max-w-48"
      >
        <option value="">Any action</option>
        {verbGroups().map(([group, verbs]) => (
          <optgroup key={group} label={group}>
            {verbs.map(([verb, name]) => (
              <option key={verb} value={verb}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <input type="hidden" name="time" value={view.time} />
      <TimeButton time={view.time} onTime={(time) => change({ time })} />
      {isFiltered(view) && (
        <Link href={auditHref()} prefetch={false} scroll={false} className={buttonClass("quiet")}>
          Clear
        </Link>
      )}
      <noscript>
        <button type="submit" className={buttonClass()}>
          Apply
        </button>
      </noscript>
    </form>
  );
}

function ActorGroup({ name, actors }: { name: string; actors: Actor[] }) {
  if (actors.length === 0) return null;
  return (
    <optgroup label={name}>
      {actors.map((actor) => (
        <option key={actor.id} value={actor.id}>
          {actorText({ actor, service: null })}
        </option>
      ))}
    </optgroup>
  );
}

function TimeButton({ time, onTime }: { time: string; onTime: (time: string) => void }) {
  const label = time === "" ? "any time" : timeLabel(time);
  return (
    <Popover
      label="Time"
      button={
        <>
          <CalendarDays aria-hidden className="size-3.5 text-faint" />
          <span className="sr-only">Time: </span>
          <span className="inline-block first-letter:uppercase">{label}</span>
        </>
      }
      className="font-normal!"
    >
      {(close) => (
        <TimeForm
          time={time}
          onTime={(chosen) => {
            onTime(chosen);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function TimeForm({ time, onTime }: { time: string; onTime: (time: string) => void }) {
  const [draft, setDraft] = useState(time);
  return (
    <>
      <TimeFields value={draft} onChange={setDraft} />
      <div className="flex gap-2 border-t p-2">
        <Button look="primary" disabled={!isTimeText(draft)} onClick={() => onTime(draft)}>
          Apply
        </Button>
        {time !== "" && <Button onClick={() => onTime("")}>Any time</Button>}
      </div>
    </>
  );
}
