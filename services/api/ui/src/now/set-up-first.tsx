import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { systemStatus } from "../data/status.ts";

/** The way to the first steps, for as long as no Steam account is followed. */
export function SetUpFirst() {
  const status = useQuery(systemStatus);
  if (status.data?.poller?.configured !== false) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-accent-soft p-4 text-accent">
      <p>
        <strong>No Steam account is followed yet.</strong> Games can be kept by hand meanwhile.
      </p>
      <Link
        to="/setup"
        className="inline-flex min-h-10 items-center rounded-md bg-accent px-4 font-medium text-accent-ink"
      >
        Set it up
      </Link>
    </div>
  );
}
