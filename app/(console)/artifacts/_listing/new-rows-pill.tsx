import { ArrowUp } from "lucide-react";
import { formatCount } from "#formats/number";

/** How much is new and not shown yet; pressing it shows it. Nothing where nothing is. */
export function NewsPill({ news, onShow }: { news: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-15 z-[5] flex h-0 justify-center">
      {news > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="toast pointer-events-auto -mt-3.5 inline-flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-accent text-sm shadow-lg"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {formatCount(news)} new
        </button>
      )}
    </div>
  );
}
