import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONE = {
  note: { icon: Info, box: "border-line bg-surface", color: "text-faint" },
  warn: { icon: TriangleAlert, box: "border-warn/30 bg-warn-wash", color: "text-warn" },
  danger: { icon: CircleAlert, box: "border-danger/30 bg-danger-wash", color: "text-danger" },
};

export function Notice({
  tone = "note",
  children,
  action,
}: {
  tone?: keyof typeof TONE;
  children: ReactNode;
  action?: ReactNode;
}) {
  const { icon: Icon, box, color } = TONE[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border px-3 py-2 text-sm ${box}`}
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${color}`} />
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {action}
    </div>
  );
}
