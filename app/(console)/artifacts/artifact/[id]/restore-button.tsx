"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
export function RestoreButton({ id }: { id: string }) {
  const api = useApi();
  const refresh = useRefresh();
  const restore = useMutation(api.artifact.restore.mutationOptions({ onSuccess: refresh, onError: toastError }));
  return (
    <Button disabled={restore.isPending} onClick={() => restore.mutate({ id })}>
      <RotateCcw aria-hidden className="size-4" />
      Restore
    </Button>
  );
}
