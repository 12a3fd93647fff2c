"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "#app/_ui/button";
import { PageMessage } from "./_shell/page-error";

export default function ConsoleError({ reset }: { error: Error; reset: () => void }) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <PageMessage title="Something failed">
      <p>The server could not make this page. What is stored is not touched by that.</p>
      <Button className="mt-5" onClick={again}>
        Try again
      </Button>
    </PageMessage>
  );
}
