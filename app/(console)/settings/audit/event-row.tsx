"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { Age, Timestamp } from "#app/_ui/age";
import type { ActorKind, Event } from "#contract/event";
import { actorText } from "../../_events/event-text";
import { FieldText } from "../../_events/field-text";
import { ROW_FOCUS } from "../../_list/row-focus";
import { Fact, IdFact } from "../../_shell/fact";
import { fieldsOf, sentenceOf } from "./sentence";

/** The columns of a row: details, action, actor, reason and time. */
export const COLUMNS =
  "grid grid-cols-[2.25rem_minmax(0,1fr)] items-center pr-4 md:grid-cols-[1.25rem_minmax(0,1fr)_10rem_6rem] md:gap-x-4 lg:grid-cols-[1.25rem_minmax(0,1fr)_10rem_10rem_6rem]";

/** An event in one line; its button shows everything that is recorded of it. */
export function EventRow({ event }: { event: Event }) {
  const [isOpen, setOpen] = useState(false);
  const details = useId();
  const { action, object, rest } = sentenceOf(event);
  const text = [action, object?.name, rest].filter(Boolean).join(" ");
  return (
    <tbody className="block border-b last:border-b-0">
      <tr
        data-row={event.id}
        className={`${COLUMNS} relative transition-colors hover:bg-hover has-[button:focus-visible]:bg-hover`}
      >
        <td className="self-start">
          {/* Covers the row, below its links. */}
          <button
            type="button"
            {...ROW_FOCUS}
            aria-expanded={isOpen}
            aria-controls={isOpen ? details : undefined}
            aria-label={`Details: ${text}`}
            onClick={() => setOpen(!isOpen)}
            className="flex h-8 w-9 items-center justify-center text-faint after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent max-md:h-9"
          >
            <ChevronRight aria-hidden className={`size-3.5 transition-transform ${isOpen ? "rotate-90" : ""}`} />
          </button>
        </td>
        <th
          scope="row"
          title={text}
          className="min-w-0 text-left font-normal max-md:wrap-anywhere max-md:py-2 md:truncate md:leading-8"
        >
          {action}
          {object && " "}
          {object &&
            (object.href === null ? (
              <span className="font-medium">{object.name}</span>
            ) : (
              <Link href={object.href} prefetch={false} className="target z-[1] font-medium hover:underline">
                {object.name}
              </Link>
            ))}
          {rest && ` ${rest}`}
          <span className="block truncate text-faint text-xs md:hidden">
            {actorText(event)} · <Age of={event.time} suffix=" ago" />
            {event.reason !== null && ` · “${event.reason}”`}
          </span>
        </th>
        <td title={actorText(event)} className="truncate text-soft max-md:hidden">
          {actorText({ ...event, service: null })}
          {event.service !== null && <span className="text-faint"> ({event.service})</span>}
        </td>
        <td title={event.reason ?? undefined} className="truncate text-soft max-lg:hidden">
          {event.reason}
        </td>
        <td className="whitespace-nowrap text-right text-soft tabular-nums max-md:hidden">
          <Age of={event.time} className="relative z-[1]" />
        </td>
      </tr>
      {isOpen && (
        <tr id={details} className="block">
          <td className="block pr-4 pb-4 pl-9">
            <Details event={event} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

const KINDS: Record<ActorKind, string> = {
  person: "person",
  key: "API key",
  local: "without credentials",
  system: "the server itself",
};

function Details({ event }: { event: Event }) {
  const { time, actor, service, flowRunId, requestId, reason, verb, before, after } = event;
  const fields = fieldsOf(event);
  return (
    <div className="space-y-3 pt-1">
      <dl className="space-y-1.5">
        {reason !== null && (
          <Fact name="Reason">
            <span className="whitespace-pre-line">{reason}</span>
          </Fact>
        )}
        <Fact name="Time">
          <Timestamp of={time} />
        </Fact>
        <Fact name="Actor">
          {actorText({ actor, service: null })}
          {actor !== null && <span className="text-faint"> · {KINDS[actor.kind]}</span>}
        </Fact>
        {service !== null && (
          <Fact name="Service">
            {service} <span className="text-faint">· as claimed</span>
          </Fact>
        )}
        {flowRunId !== null && (
          <Fact name="Flow run">
            <Link
              href={`/runs/flow-run/${flowRunId}`}
              prefetch={false}
              className="target font-mono text-xs hover:underline"
            >
              {flowRunId}
            </Link>{" "}
            <span className="text-faint">· as claimed</span>
          </Fact>
        )}
        {requestId !== null && <IdFact name="Request" id={requestId} of="request ID" />}
        <Fact name="Verb">
          <span className="font-mono text-xs">{verb}</span>
        </Fact>
      </dl>
      {fields.length > 0 && <Changes fields={fields} before={before} after={after} />}
    </div>
  );
}

/** The fields of an event: before and after, or as they are where there is only one of them. */
function Changes({ fields, before, after }: { fields: string[] } & Pick<Event, "before" | "after">) {
  const sides = [
    { name: "Before", values: before },
    { name: "After", values: after },
  ].filter(({ values }) => values !== null);
  return (
    <table className="w-full table-fixed border-collapse rounded-md border text-left">
      <caption className="sr-only">Fields</caption>
      <thead>
        <tr className="border-b text-faint text-xs">
          <th scope="col" className="h-7 w-28 px-2.5 font-normal max-sm:w-24">
            Field
          </th>
          {sides.map(({ name }) => (
            <th key={name} scope="col" className="h-7 px-2.5 font-normal">
              {sides.length === 1 ? "Value" : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field} className="border-b align-top last:border-b-0">
            <th scope="row" className="wrap-anywhere px-2.5 py-1 font-mono font-normal text-faint text-xs">
              {field}
            </th>
            {sides.map(({ name, values }) => (
              <td key={name} className="px-2.5 py-1">
                <div className="wrap-anywhere max-h-40 overflow-y-auto whitespace-pre-wrap">
                  <FieldText fields={values} name={field} />
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
