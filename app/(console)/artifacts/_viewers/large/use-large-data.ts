"use client";

import { useEffect, useState } from "react";
import type { LoadedData, PreferredView } from "./protocol";
import { createReader, type Reader } from "./reader";

/** A text that is being read, was read, or could not be; `state` is the one in which it was read. */
export interface Read {
  reading: LoadedData | null;
  state: string;
  failure: string | null;
  reader: Reader | null;
}

/**
 * Reads the text at an address in a worker that lives as long as it is looked at. `state` tells one state of the text
 * from another; while a new one is read, the one before is shown. `again` reads it anew.
 */
export function useLargeData(address: string, state: string, want: PreferredView): Read & { again: () => void } {
  const [read, setRead] = useState<Read>({ reading: null, state, failure: null, reader: null });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state or another try is another reading
  useEffect(() => {
    const { reader, end } = createReader();
    let left = false;
    const put = (next: Read) => {
      if (!left) setRead(next);
    };
    reader({ ask: "open", address: new URL(address, location.href).href, want }).then(
      (reading) => put({ reading, state, failure: null, reader }),
      (error: Error) => put({ reading: null, state, failure: error.message, reader: null }),
    );
    return () => {
      left = true;
      end();
    };
  }, [address, state, want, tries]);
  return { ...read, again: () => setTries(tries + 1) };
}
