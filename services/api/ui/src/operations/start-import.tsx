import type { Game } from "@tracker/contracts";
import { type FormEvent, useState } from "react";
import { startJob } from "../data/jobs.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { ChooseGames } from "./choose-games.tsx";
import { Tick } from "./tick.tsx";

/** What of the Steam library is to be brought in. */
export function StartImport({ onClose }: { readonly onClose: () => void }) {
  const [chosen, setChosen] = useState<readonly Game[]>([]);
  const some = chosen.length > 0;
  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const ids = chosen.flatMap(({ steam_app_id: id }) => id ?? []);
    const whole = {
      achievements: form.has("achievements"),
      full_refresh: form.has("full_refresh"),
    };
    void startJob("import", some ? { app_ids: ids } : whole);
    onClose();
  };
  return (
    <Dialog title="Import from Steam" onClose={onClose}>
      <form onSubmit={start} className="grid gap-4">
        <Tick name="achievements" label="With achievements" defaultChecked disabled={some}>
          One request a second: 300 games take about a quarter of an hour. It can be paused.
        </Tick>
        <Tick name="full_refresh" label="Everything anew" disabled={some}>
          Also what is there already. What you have set yourself stays.
        </Tick>
        <ChooseGames chosen={chosen} onChoose={setChosen} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary">
            Start the import
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
