import { duration } from "./format.ts";

/** The line that a chart's highest bar reaches, with what it stands for. */
export function Scale({ most }: { readonly most: number }) {
  return (
    <p className="figures border-b border-dashed border-line text-xs text-muted">
      {duration(most)}
    </p>
  );
}
