import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GameDetail } from "@tracker/contracts";
import { useState } from "react";
import { purgeGame } from "../data/games.ts";
import { Dialog } from "../kit/dialog.tsx";
import { TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
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
  const purge = async () => {
    await purgeGame(game.id);
    await navigate({ to: "/library" });
    await client.invalidateQueries();
    announce({ text: `${game.title} and its history are deleted.` });
  };
  return (
    <Dialog title="Delete for good" onClose={onClose}>
      <Form
        send={purge}
        submit="Delete"
        look="danger"
        disabled={typed !== game.title}
        cancel="Keep it"
        onCancel={onClose}
      >
        {() => (
          <>
            <p>
              This deletes <strong>{game.title}</strong> with every session, day and achievement of
              it. It cannot be taken back.
            </p>
            <TextField
              label={`Type “${game.title}” to go on`}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
