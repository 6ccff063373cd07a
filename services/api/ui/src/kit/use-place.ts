import { type RefObject, useLayoutEffect, useState } from "react";

/** Where a list stands in the page, and how wide it is. */
export function usePlace(element: RefObject<HTMLElement | null>): {
  width: number;
  top: number;
} {
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const measure = () => {
      const { width, top } = target.getBoundingClientRect();
      setPlace((before) => {
        const next = { width, top: Math.round(top + window.scrollY) };
        return before.width === next.width && before.top === next.top ? before : next;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return place;
}
