import { useState } from "react";
import { classes } from "./classes.ts";

interface CoverProps {
  readonly title: string;
  readonly url: string | null | undefined;
  readonly className?: string;
  /** Above the fold: not lazily. */
  readonly eager?: boolean;
}

/**
 * A game's header art, in Steam's 460 × 215. A cover that is missing or does not load is drawn: the title's initials on a colour of
 * its own. The title always stands beside a cover, so it is decoration for screen readers.
 */
export function Cover({ title, url, className, eager = false }: CoverProps) {
  const [broken, setBroken] = useState<string>();
  const frame = classes(
    "aspect-[460/215] shrink-0 overflow-hidden rounded-md bg-sunken",
    className,
  );
  if (!url || broken === url) return <DrawnCover title={title} className={frame} />;
  return (
    <div className={frame}>
      <img
        src={url}
        alt=""
        width={460}
        height={215}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setBroken(url)}
        className="size-full object-cover"
      />
    </div>
  );
}

function DrawnCover({ title, className }: { readonly title: string; readonly className: string }) {
  const hue = hueOf(title);
  const style = {
    background: `linear-gradient(135deg, oklch(0.42 0.11 ${hue}), oklch(0.3 0.09 ${hue + 50}))`,
  };
  return (
    <div aria-hidden="true" className={className} style={style}>
      <svg viewBox="0 0 460 215" className="size-full">
        <text x="230" y="140" textAnchor="middle" fill="#fff" fontSize="92" fontWeight="600">
          {initials(title)}
        </text>
      </svg>
    </div>
  );
}

/** The same title is always of the same colour. */
function hueOf(title: string): number {
  let hash = 0;
  for (const character of title) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function initials(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32).toLocaleUpperCase())
    .join("");
}
