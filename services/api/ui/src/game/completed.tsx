/** When a game was completed. Its status alone does not say so, and statistics and years count by the day. */
import type { GameDetail } from "@tracker/contracts";
import { useState } from "react";
import { reverse, useEditGames } from "../data/games.ts";
import { useToday } from "../data/status.ts";
import { Button } from "../kit/button.tsx";
import { TextField } from "../kit/field.tsx";
import { dayName } from "../kit/format.ts";
import { announce } from "../kit/notice.ts";

interface CompletedProps {
  readonly game: GameDetail;
}

/** The day, or that there is none, with today's a click away; nothing of a game that is not completed. */
export function Completed({ game }: CompletedProps) {
  const edit = useEditGames();
  const today = useToday();
  if (game.completion_date !== null) return dayName(game.completion_date, "medium");
  const set = () => {
    const edits = [{ game, patch: { completion_date: today } }];
    edit.mutate(edits, {
      onSuccess: () =>
        announce({
          text: `Completed on ${dayName(today, "medium")}.`,
          tone: "good",
          undo: () => edit.mutate(reverse(edits)),
        }),
    });
  };
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-warn">no date set, so no year counts it</span>
      <Button size="small" onClick={set}>
        It was today
      </Button>
    </span>
  );
}

/** The field of the form; of a completed game without a day it says so and offers today's. */
export function CompletedOn({
  game,
  problem,
}: CompletedProps & { readonly problem: string | undefined }) {
  const today = useToday();
  const [day, setDay] = useState(game.completion_date ?? "");
  const isUndated = day === "" && game.status === "Completed";
  return (
    <div className="grid gap-1">
      <TextField
        label="Completed on"
        name="completion_date"
        type="date"
        value={day}
        onChange={({ target }) => setDay(target.value)}
        hint={isUndated ? "No date is set, so no year counts the game as completed." : undefined}
        problem={problem}
      />
      {isUndated && (
        <Button size="small" className="justify-self-start" onClick={() => setDay(today)}>
          Today
        </Button>
      )}
    </div>
  );
}
