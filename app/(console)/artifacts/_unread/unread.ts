"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi, useClient } from "#app/_data/client";
import { unreadKeysQuery } from "./queries";

/** In milliseconds: so long the latest version has to be visible until it is read. */
const LOOK = 2_000;

/** Whether the latest version of a key is one that the reader has not seen. */
export function useUnread(keys: string[]): (key: string) => boolean {
  const { data } = useQuery({
    ...unreadKeysQuery(useApi(), keys),
    enabled: keys.length > 0,
    placeholderData: (earlier) => earlier,
  });
  const unread = new Set(keys.length > 0 ? data?.items.map(({ key }) => key) : []);
  return (key) => unread.has(key);
}

/** Marks the latest version of a key as read once it has been visible for two seconds; `version` is null while another is. */
export function useMarkRead(key: string, version: number | null): void {
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  const { data } = useQuery(unreadKeysQuery(api, [key]));
  const isRead = !data || (data.since !== null && data.items.length === 0);
  useEffect(() => {
    if (version === null || isRead) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = async () => {
      // A look that is not stored is made again by the next one.
      await client.collection.markRead.mutate({ key, version }).catch(() => {});
      await queryClient.invalidateQueries({ queryKey: api.collection.unread.pathKey() });
    };
    const update = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") timer = setTimeout(mark, LOOK);
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", update);
    };
  }, [api, client, queryClient, key, version, isRead]);
}
