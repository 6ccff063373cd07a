import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useFollowsSteam } from "../data/status.ts";
import { Button } from "../kit/button.tsx";

// No part of the first load: most who come here follow an account.
const AddGame = lazy(async () => ({ default: (await import("../library/add-game.tsx")).AddGame }));

/** The two ways to begin, for as long as no Steam account is followed. */
export function SetUpFirst() {
  const follows = useFollowsSteam();
  const [adding, setAdding] = useState(false);
  if (follows !== false) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-accent-soft p-4 text-accent">
      <p>
        <strong>No Steam account is followed.</strong> Follow one, or keep games by hand.
      </p>
      <span className="flex flex-wrap gap-2">
        <Link
          to="/setup"
          className="inline-flex min-h-10 items-center rounded-md bg-accent px-4 font-medium text-accent-ink"
        >
          Set it up
        </Link>
        <Button onClick={() => setAdding(true)}>Add a game</Button>
      </span>
      <Suspense>{adding && <AddGame onClose={() => setAdding(false)} />}</Suspense>
    </div>
  );
}
