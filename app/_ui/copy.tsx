"use client";

import { Check, Copy as CopyIcon } from "lucide-react";
import { useState } from "react";

export function Copy({
  text,
  label,
  className = "",
}: {
  text: string | (() => string);
  label: string;
  className?: string;
}) {
  const [done, setDone] = useState(false);
  const Icon = done ? Check : CopyIcon;
  return (
    <button
      type="button"
      aria-label={done ? "Copied" : label}
      title={done ? "Copied" : label}
      onClick={() => navigator.clipboard?.writeText(typeof text === "string" ? text : text()).then(() => setDone(true))}
      onBlur={() => setDone(false)}
      onPointerLeave={() => setDone(false)}
      className={`inline-flex print:hidden size-6 shrink-0 items-center justify-center rounded text-faint transition-colors hover:bg-hover hover:text-ink ${className}`}
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}
