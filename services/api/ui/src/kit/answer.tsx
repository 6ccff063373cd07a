import type { UseQueryResult } from "@tanstack/react-query";
import type { LucideIcon } from "lucide-react";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { ApiProblem } from "../data/client.ts";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";

interface AnswerProps<T> {
  readonly of: UseQueryResult<T>;
  /** What is awaited, in its final size, so that nothing moves when it comes. */
  readonly skeleton?: ReactNode;
  /** Instead of the problem where what was asked for is not there: asking again would not help. */
  readonly missing?: ReactNode;
  readonly children: (value: T) => ReactNode;
}

/** The three states of an answer: awaited, failed (with a way to ask again), there. */
export function Answer<T>({ of, skeleton, missing, children }: AnswerProps<T>) {
  // While it is asked for again, what failed is still what there is to say.
  const failed = useRef<Error>(null);
  const error = of.error ?? (of.failureCount > 1 ? of.failureReason : null);
  failed.current =
    of.data === undefined ? (error ?? (mayPass(failed.current) ? failed.current : null)) : null;
  if (of.data !== undefined) return <>{children(of.data)}</>;
  const isMissing = of.error instanceof ApiProblem && of.error.status === 404;
  if (isMissing && missing !== undefined) return <>{missing}</>;
  if (failed.current !== null) {
    return <Failure error={failed.current} retry={() => void of.refetch()} />;
  }
  return <>{skeleton ?? <Skeleton className="h-24" />}</>;
}

/** Whether it is of the tracker and the way to it, and not of what was asked for. */
function mayPass(error: Error | null): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}

interface TogetherProps {
  readonly of: readonly { readonly isPending: boolean }[];
  readonly children: ReactNode;
}

/**
 * Parts of a page that appear at once, when the last of their answers is there: one after the other they would push each other
 * about. Once there they stay: an answer that failed is asked for again by the part that shows it, and would take it away.
 */
export function Together({ of, children }: TogetherProps) {
  const shown = useRef(false);
  if (!of.some(({ isPending }) => isPending)) shown.current = true;
  if (!shown.current) return <Skeleton className="h-[80dvh]" />;
  return <>{children}</>;
}

export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <div
      role="status"
      aria-label="Loading"
      className={classes("animate-pulse rounded-md bg-sunken", className)}
    />
  );
}

export function Failure({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-md bg-bad-soft p-3 text-bad"
    >
      <CircleAlert className="size-5 shrink-0" aria-hidden="true" />
      <p className="min-w-0 flex-1 break-words">{error.message}</p>
      {retry !== undefined && (
        <Button size="small" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
}

/** What stands where there is nothing yet: why, and what to do about it. */
export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-8 text-center">
      <Icon className="size-8 text-edge" aria-hidden="true" />
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  );
}
