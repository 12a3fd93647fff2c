"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";

/** Asks again for everything on the page, rendered parts included; to be called after a change. */
export function useRefresh(): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    queryClient.invalidateQueries();
    router.refresh();
  }, [queryClient, router]);
}
