"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "#app/_ui/button";
import { PageMessage } from "./_shell/page-error";

export default function ConsoleError({ reset }: { error: Error; reset: () => void }) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <PageMessage title="This page failed to load">
      <p>Something went wrong on the server. Your data is not affected.</p>
      <Button className="mt-5" onClick={retry}>
        Retry
      </Button>
    </PageMessage>
  );
}
