"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { toast } from "#app/_ui/toast";

/** Brings one version back from the trash, on the page that says it is gone. */
export function RestoreButton({ id }: { id: string }) {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(
    api.artifact.restore.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast(toApiError(error).message, { tone: "danger" }),
    }),
  );
  return (
    <Button disabled={restore.isPending} onClick={() => restore.mutate({ id })}>
      <RotateCcw aria-hidden className="size-4" />
      Restore it
    </Button>
  );
}
