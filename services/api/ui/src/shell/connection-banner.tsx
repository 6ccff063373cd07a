import { useConnection } from "../data/live.ts";

/** Says that what is shown may be old, for as long as that is so. */
export function ConnectionBanner() {
  const lost = useConnection() === "lost";
  return (
    <div
      role="status"
      className={lost ? "bg-warn-soft px-4 py-2 text-center text-warn" : undefined}
    >
      {lost && "The tracker cannot be reached. What you see may be old; it catches up by itself."}
    </div>
  );
}
