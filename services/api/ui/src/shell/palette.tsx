import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { findGames } from "../data/game-page.ts";
import { Cover } from "../kit/cover.tsx";
import { classes } from "../kit/classes.ts";
import { Dialog } from "../kit/dialog.tsx";
import { type Command, usePageCommands } from "./commands.tsx";

/** Finds a page, a command or a game by a few letters; arrows choose, Enter goes. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const { commands, isLooking } = useFound(useDeferredValue(text.trim()));
  const current = Math.min(chosen, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const steer = (event: KeyboardEvent) => {
    if (event.key === "Enter") return run(commands[current]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || commands.length === 0) return;
    event.preventDefault();
    setChosen((current + step + commands.length) % commands.length);
  };
  return (
    <Dialog title="Find" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-label="Find a page, a game or a command"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={commands.length > 0 ? `${listId}-${current}` : undefined}
        placeholder="A page, a game, something to do…"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={steer}
        className="mb-3 min-h-11 w-full rounded-md border border-edge bg-surface px-3 text-base"
      />
      <ul
        role="listbox"
        id={listId}
        aria-label="Found"
        className="flex max-h-80 flex-col overflow-y-auto"
      >
        {commands.map((command, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are the field's, which keeps the focus
          <li
            key={command.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => run(command)}
            className={classes(
              "flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 hover:bg-sunken",
              index === current && "bg-accent-soft",
            )}
          >
            {command.picture}
            <span className="min-w-0 flex-1 truncate">{command.name}</span>
            {command.hint !== undefined && (
              <span className="text-xs text-muted">{command.hint}</span>
            )}
          </li>
        ))}
        {commands.length === 0 && (
          <li className="p-3 text-muted">{isLooking ? "Looking…" : "Nothing is called that."}</li>
        )}
      </ul>
    </Dialog>
  );
}

interface Found {
  readonly commands: readonly Command[];
  readonly isLooking: boolean;
}

function useFound(text: string): Found {
  const navigate = useNavigate();
  const pages = usePageCommands();
  const games = useQuery({
    ...findGames(text),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
  const wanted = text.toLocaleLowerCase();
  const isCalledSo = (name: string) => name.toLocaleLowerCase().includes(wanted);
  const found = text === "" ? [] : (games.data?.items ?? []);
  // What was found by fewer letters stays while more are looked for: it must not be gone as Enter is pressed.
  const known = games.isPlaceholderData ? found.filter(({ title }) => isCalledSo(title)) : found;
  const commands = [
    ...pages.filter(({ name }) => isCalledSo(name)),
    ...known.map(({ id, title, cover_url: coverUrl, platform }) => ({
      key: `game-${id}`,
      name: title,
      hint: platform,
      picture: <Cover title={title} url={coverUrl} className="w-14" />,
      run: () => void navigate({ to: "/games/$gameId", params: { gameId: String(id) } }),
    })),
  ];
  return { commands, isLooking: games.isFetching };
}
