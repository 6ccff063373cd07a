import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

const LOOKS = {
  primary: "bg-accent text-accent-ink hover:brightness-110",
  plain: "bg-surface text-ink border border-line hover:bg-sunken",
  quiet: "text-muted hover:bg-sunken hover:text-ink",
  danger: "bg-bad-soft text-bad border border-transparent hover:border-bad",
} as const;

export interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: keyof typeof LOOKS;
  readonly size?: "small" | "normal";
}

const BASE =
  "inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors disabled:opacity-50";

export function Button({ look = "plain", size = "normal", className, ...rest }: ButtonProps) {
  const room = size === "small" ? "min-h-10 px-2.5 text-xs sm:min-h-8" : "min-h-10 px-4 text-sm";
  return <button type="button" {...rest} className={classes(BASE, LOOKS[look], room, className)} />;
}

/** A button that shows only an icon; `label` is what it is called. */
export function IconButton({
  label,
  className,
  ...rest
}: Omit<ButtonProps, "look" | "size"> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes(
        "inline-flex size-10 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 aria-pressed:text-accent",
        className,
      )}
    />
  );
}
