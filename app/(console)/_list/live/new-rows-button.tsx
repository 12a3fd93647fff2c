import { ArrowUp } from "lucide-react";
import { formatCount } from "#formats/number";

/** Says how many rows arrived that are not displayed yet, above a list; nothing for none. */
export function NewRowsButton({ newCount, onShow }: { newCount: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-15 z-[5] flex h-0 justify-center">
      {newCount > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="toast pointer-events-auto -mt-3.5 inline-flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent text-sm shadow-lg"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {formatCount(newCount)} new
        </button>
      )}
    </div>
  );
}
