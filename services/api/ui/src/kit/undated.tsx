import { Link } from "@tanstack/react-router";
import { plural } from "./format.ts";

/** The completed games that no range counts, since nobody said when; nothing where there is none. */
export function Undated({ games }: { readonly games: number }) {
  if (games === 0) return null;
  return (
    <Link to="/library" search={{ status: "Completed" }} className="block underline">
      {plural(games, "completed game has", "completed games have")} no date
    </Link>
  );
}
