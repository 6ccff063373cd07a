import { type RefObject, useEffect, useState } from "react";

interface Edges {
  /** Whether there is more to the left of what is seen. */
  readonly before: boolean;
  readonly after: boolean;
}

/** At which edges a frame that scrolls sideways hides more: what is cut off without a sign is not looked for. */
export function useEdges(frame: RefObject<HTMLElement | null>): Edges {
  const [edges, setEdges] = useState<Edges>({ before: false, after: false });
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const look = () => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      // A pixel is lost to rounding where the browser is zoomed.
      const [before, after] = [scrollLeft > 1, scrollLeft + clientWidth < scrollWidth - 1];
      setEdges((known) =>
        known.before === before && known.after === after ? known : { before, after },
      );
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [frame]);
  return edges;
}
