"use client";

import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Popover } from "#app/_ui/popover";
import { localValue, timestampOf } from "./as-of";

/** Opens the page as it was at a time. */
export function PastMenu() {
  return (
    <Popover
      label="As of a time"
      title="As of a time"
      button={
        <>
          <History aria-hidden className="size-4" />
          <span className="sr-only">As of a time</span>
        </>
      }
    >
      {(close) => <PastForm onClose={close} />}
    </Popover>
  );
}

const HOUR = 3_600_000;

const BEFORE = [
  { name: "1 hour ago", hours: 1 },
  { name: "Yesterday", hours: 24 },
  { name: "A week ago", hours: 7 * 24 },
  { name: "30 days ago", hours: 30 * 24 },
];

function PastForm({ onClose }: { onClose: () => void }) {
  const id = useId();
  const router = useRouter();
  const [value, setValue] = useState(() => localValue(new Date(Date.now() - 24 * HOUR).toISOString()));
  const open = (timestamp: string | null) => {
    if (timestamp === null) return;
    const url = new URL(location.href);
    // Of a key, its latest version then.
    if (url.pathname !== "/artifacts") url.search = "";
    for (const name of ["cursor", "peek"]) url.searchParams.delete(name);
    url.searchParams.set("asOf", timestamp);
    router.push(`${url.pathname}${url.search}`);
    onClose();
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    open(timestampOf(value));
  };
  return (
    <form onSubmit={handleSubmit} className="p-3 text-sm">
      <label htmlFor={id} className="flex flex-col gap-1 font-medium">
        What was there at
        <span className="flex gap-2 font-normal">
          <TextField
            id={id}
            type="datetime-local"
            required
            value={value}
            onChange={({ target }) => setValue(target.value)}
            className="min-w-0 flex-1"
          />
          <Button type="submit" look="primary">
            Show
          </Button>
        </span>
      </label>
      <ul className="mt-3 flex flex-wrap gap-1.5">
        {BEFORE.map(({ name, hours }) => (
          <li key={name}>
            <Button
              onClick={() => open(timestampOf(localValue(new Date(Date.now() - hours * HOUR).toISOString())))}
              className="h-7"
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </form>
  );
}
