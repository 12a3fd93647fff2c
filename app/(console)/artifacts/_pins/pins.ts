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
}

/**
 * Pins keys, or unpins them where all are pinned, and offers Undo. `labelOf` says which: undefined where the reader may not
 * unpin what everyone has pinned.
 */
export function useTogglePins(): { toggle: (keys: string[]) => void; labelOf: (keys: string[]) => string | undefined } {
  const pins = usePins();
  const client = useClient();
  const refresh = useRefresh();
  const { mayAdmin } = useRole();
  const { mutate } = useMutation({
    mutationFn: ({ keys, pin }: Change) => {
      const { collection } = client;
      return Promise.all(keys.map((key) => (pin ? collection.pin : collection.unpin).mutate({ key })));
    },
    onSuccess: (_, { keys, pin }) => {
      const what = keys.length === 1 ? keys[0] : pluralize(keys.length, "artifact");
      const undo = () => mutate({ keys, pin: !pin });
      toast(`${pin ? "Pinned" : "Unpinned"} ${what}`, { action: { label: "Undo", run: undo } });
    },
    onError: toastError,
    onSettled: refresh,
  });
  const isUnpin = (keys: string[]) => keys.every((key) => pins.has(key));
  return {
    toggle: (keys) => {
      const pin = !isUnpin(keys);
      mutate({ keys: pin ? keys.filter((key) => !pins.has(key)) : keys, pin });
    },
    labelOf: (keys) => {
      if (keys.length === 0) return undefined;
      if (!isUnpin(keys)) return "Pin";
      return mayAdmin || keys.every((key) => !pins.get(key)?.shared) ? "Unpin" : undefined;
    },
  };
}
