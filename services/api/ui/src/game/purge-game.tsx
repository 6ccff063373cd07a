import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GameDetail } from "@tracker/contracts";
import { type FormEvent, useState } from "react";
import { purgeGame } from "../data/games.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { TextField } from "../kit/field.tsx";
import { announce } from "../kit/notice.ts";

/** There is no undo, so the title has to be typed. */
export function PurgeGame({
  game,
  onClose,
}: {
  readonly game: GameDetail;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const purge = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await purgeGame(game.id);
      await navigate({ to: "/library" });
      await client.invalidateQueries();
      announce({ text: `${game.title} and its history are deleted.` });
    } catch (error) {
      announce({ tone: "bad", text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Dialog title="Delete for good" onClose={onClose}>
      <form onSubmit={(event) => void purge(event)} className="grid gap-4">
        <p>
          This deletes <strong>{game.title}</strong> with every session, day and achievement of it.
          It cannot be taken back.
        </p>
        <TextField
          label={`Type “${game.title}” to go on`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" look="danger" disabled={typed !== game.title}>
            Delete
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
