import { useMutation, useQuery } from "@tanstack/react-query";
import { type Api, useApi, useClient } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { toast } from "#app/_ui/toast";
import type { Pin } from "#contract/pin";
import { pluralize } from "#formats/number";

/** What the reader has pinned. */
export function pinsQuery(api: Api) {
  return api.collection.pins.queryOptions();
}

/** The pins of the reader by key; none until they are loaded. */
export function usePins(): ReadonlyMap<string, Pin> {
  const { data = [] } = useQuery(pinsQuery(useApi()));
  return new Map(data.map((pin) => [pin.key, pin]));
}

interface Change {
  keys: string[];
  pin: boolean;
  /** Whether it unpins what everyone has pinned. One who signed in cannot pin it for everyone again. */
  isForEveryone: boolean;
}

/**
 * Pins keys, or unpins them where all are pinned, and offers Undo where that restores what was. `labelOf` says which: undefined
 * where the reader may not unpin what everyone has pinned.
 */
export function useTogglePins(): { toggle: (keys: string[]) => void; labelOf: (keys: string[]) => string | undefined } {
  const pins = usePins();
  const { collection } = useClient();
  const refresh = useRefresh();
  const { mayAdmin, isSignedIn } = useRole();
  const { mutate } = useMutation({
    mutationFn: async ({ keys, pin }: Change) => {
      const calls = keys.map((key) => (pin ? collection.pin : collection.unpin).mutate({ key }));
      const results = await Promise.allSettled(calls);
      return {
        changed: keys.filter((_, at) => results[at]?.status === "fulfilled"),
        failure: results.find((result) => result.status === "rejected"),
      };
    },
    onSuccess: ({ changed, failure }, { pin, isForEveryone }) => {
      if (changed.length > 0) {
        const what = changed.length === 1 ? changed[0] : pluralize(changed.length, "artifact");
        const undo = () => mutate({ keys: changed, pin: !pin, isForEveryone: false });
        const action = isForEveryone ? undefined : { label: "Undo", run: undo };
        toast(`${pin ? "Pinned" : "Unpinned"} ${what}${isForEveryone ? " for everyone" : ""}`, { action });
      }
      if (failure) toastError(failure.reason);
    },
    onSettled: refresh,
  });
  const isUnpin = (keys: string[]) => keys.every((key) => pins.has(key));
  const isForEveryone = (keys: string[]) => isSignedIn && keys.some((key) => pins.get(key)?.shared);
  return {
    toggle: (keys) => {
      if (isUnpin(keys)) mutate({ keys, pin: false, isForEveryone: isForEveryone(keys) });
      else mutate({ keys: keys.filter((key) => !pins.has(key)), pin: true, isForEveryone: false });
    },
    labelOf: (keys) => {
      if (keys.length === 0) return undefined;
      if (!isUnpin(keys)) return "Pin";
      if (!isForEveryone(keys)) return "Unpin";
      return mayAdmin ? "Unpin for everyone" : undefined;
    },
  };
}
