import type { ComponentProps, ReactNode } from "react";

interface TickProps extends Omit<ComponentProps<"input">, "type" | "children"> {
  readonly label: string;
  readonly children?: ReactNode;
}

/** A choice that is on or off, with what it means. */
export function Tick({ label, children, ...rest }: TickProps) {
  return (
    <label className="flex min-h-10 items-start gap-3">
      <input type="checkbox" {...rest} className="mt-0.5 size-5 shrink-0 accent-accent" />
      <span>
        {label}
        {children !== undefined && <span className="block text-xs text-muted">{children}</span>}
      </span>
    </label>
  );
}
