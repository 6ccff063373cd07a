import { useQuery } from "@tanstack/react-query";
import type { Game } from "@tracker/contracts";
import { X } from "lucide-react";
import { useState } from "react";
import { findGames } from "../data/game-page.ts";
import { Button, IconButton } from "../kit/button.tsx";
import { SearchField } from "../kit/search-field.tsx";

interface ChooseGamesProps {
  readonly chosen: readonly Game[];
  readonly onChoose: (games: readonly Game[]) => void;
}

/** Picks some games of the Steam library by their titles. */
export function ChooseGames({ chosen, onChoose }: ChooseGamesProps) {
  const [text, setText] = useState("");
  const wanted = text.trim();
  const found = useQuery({ ...findGames(wanted), enabled: wanted !== "" });
  const choices = (wanted === "" ? [] : (found.data?.items ?? [])).filter(
    ({ id, steam_app_id: appId }) => appId !== null && !chosen.some((game) => game.id === id),
  );
  return (
    <div className="grid gap-2">
      <SearchField
        label="Only these games"
        placeholder="Type a part of a title"
        value={text}
        change={setText}
      />
      <p className="text-xs text-muted">
        None: the whole library. Chosen games are read completely, achievements and all.
      </p>
      {choices.length > 0 && (
        <ul aria-label="Games found" className="flex flex-wrap gap-2">
          {choices.map((game) => (
            <li key={game.id}>
              <Button
                size="small"
                onClick={() => {
                  onChoose([...chosen, game]);
                  setText("");
                }}
              >
                Add {game.title}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {wanted !== "" && found.isSuccess && choices.length === 0 && (
        <p className="text-xs text-muted">No other game of the Steam library is called so.</p>
      )}
      {chosen.length > 0 && (
        <ul aria-label="Chosen games">
          {chosen.map((game) => (
            <li key={game.id} className="flex items-center justify-between gap-2">
              <span className="min-w-0 truncate">{game.title}</span>
              <IconButton
                label={`Leave out ${game.title}`}
                onClick={() => onChoose(chosen.filter(({ id }) => id !== game.id))}
              >
                <X className="size-4" aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
