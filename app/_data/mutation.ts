"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { toast } from "#app/_ui/toast";
import { toApiError } from "./error";

/** Refetches everything on the page, server-rendered parts included. Call it after a mutation. */
export function useRefresh(): () => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    queryClient.invalidateQueries();
    router.refresh();
  }, [queryClient, router]);
}

export function toastError(error: unknown): void {
  toast(toApiError(error).message, { tone: "danger" });
}
