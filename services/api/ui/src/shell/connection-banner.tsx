import { useConnection } from "../data/live.ts";

/** Says that what is shown may be old, for as long as that is so; over the page, so that nothing moves. */
export function ConnectionBanner() {
  const lost = useConnection() === "lost";
  return (
    <div
      role="status"
      className={
        lost
          ? "fixed inset-x-0 bottom-14 z-40 bg-warn-soft px-4 py-2 text-center text-warn lg:bottom-0 lg:left-52 print:hidden"
          : undefined
      }
    >
      {lost && "The tracker cannot be reached. What you see may be old; it catches up by itself."}
    </div>
  );
}
