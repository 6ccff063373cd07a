import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes.ts";

const BOX =
  "min-h-10 w-full min-w-0 rounded-md border border-edge bg-surface px-3 text-sm text-ink placeholder:text-muted disabled:opacity-50 aria-invalid:border-bad";

interface FieldProps {
  readonly label: string;
  /** Said to screen readers only, where the place makes it plain. */
  readonly hideLabel?: boolean;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
}

type Control = {
  readonly id: string;
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
};

function Field({
  label,
  hideLabel,
  hint,
  problem,
  children,
}: FieldProps & { readonly children: (control: Control) => ReactNode }) {
  const id = useId();
  const note = problem ?? hint;
  const control: Control = {
    id,
    ...(problem === undefined ? {} : { "aria-invalid": true as const }),
    ...(note === undefined ? {} : { "aria-describedby": `${id}-note` }),
  };
  return (
    <div className="min-w-0">
      <label
        htmlFor={id}
        className={hideLabel === true ? "sr-only" : "mb-1 block text-xs font-medium text-muted"}
      >
        {label}
      </label>
      {children(control)}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          role={problem === undefined ? undefined : "alert"}
          className={classes("mt-1 text-xs", problem === undefined ? "text-muted" : "text-bad")}
        >
          {note}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hideLabel,
  hint,
  problem,
  className,
  ...rest
}: FieldProps & ComponentProps<"input">) {
  return (
    <Field {...{ label, hint }} {...(hideLabel ? { hideLabel } : {})} problem={problem}>
      {(control) => (
        <input type="text" {...rest} {...control} className={classes(BOX, className)} />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hideLabel,
  hint,
  problem,
  className,
  ...rest
}: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, hint }} {...(hideLabel ? { hideLabel } : {})} problem={problem}>
      {(control) => (
        <textarea rows={4} {...rest} {...control} className={classes(BOX, "py-2", className)} />
      )}
    </Field>
  );
}

/** The browser's own list of choices: known to every keyboard, reader and phone. */
export function SelectField({
  label,
  hideLabel,
  hint,
  problem,
  className,
  ...rest
}: FieldProps & ComponentProps<"select">) {
  return (
    <Field {...{ label, hint }} {...(hideLabel ? { hideLabel } : {})} problem={problem}>
      {(control) => <select {...rest} {...control} className={classes(BOX, "pr-8", className)} />}
    </Field>
  );
}

/** What a field of a form holds, without blanks at its ends. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
