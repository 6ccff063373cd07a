import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { findApps } from "../data/apps.ts";
import { addGame, gamesPage } from "../data/games.ts";
import { KEYS } from "../data/key.ts";
import { Cover } from "../kit/cover.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
import { STATUSES } from "./search.ts";

const PLATFORMS = [
  "Steam",
  "PC",
  "PlayStation",
  "Xbox",
  "Switch",
  "Epic",
  "GOG",
  "Mobile",
  "Retro",
];
const SUGGEST_FROM = 2;
/** The longest text that games are searched for. */
const SEARCHED_MAX = 200;

/** A game that no sync brings, of any platform; the catalogue suggests its name. */
export function AddGame({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [chosen, setChosen] = useState<{ readonly name: string; readonly cover: string | null }>();
  const wanted = useDeferredValue(title.trim());
  const found = useQuery({
    ...findApps(wanted.slice(0, SEARCHED_MAX)),
    enabled: wanted.length >= SUGGEST_FROM,
  });
  const suggestions = (wanted.length >= SUGGEST_FROM ? (found.data?.items ?? []) : []).filter(
    ({ name }) => name !== title,
  );
  const add = async (form: FormData) => {
    const text = (name: string) => textOf(form, name);
    const played =
      text("hours") === "" ? {} : { playtime_minutes: Math.round(Number(text("hours")) * 60) };
    const status = STATUSES.find((known) => known === text("status")) ?? "Backlog";
    const game = await addGame({
      title: text("title"),
      platform: text("platform"),
      status,
      ...played,
      ...(chosen !== undefined && chosen.name === text("title") ? { cover_url: chosen.cover } : {}),
    });
    await client.invalidateQueries({ queryKey: [KEYS.games] });
    onClose();
    await navigate({ to: "/games/$gameId", params: { gameId: String(game.id) } });
  };
  return (
    <Dialog title="Add a game" onClose={onClose}>
      <Form send={add} submit="Add" onCancel={onClose}>
        {(problemAt) => (
          <>
            <TextField
              label="Title"
              name="title"
              required
              maxLength={300}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
              autoComplete="off"
              problem={problemAt("/title")}
            />
            <SameTitle title={wanted} onClose={onClose} />
            {suggestions.length > 0 && (
              <ul aria-label="Suggestions from the catalogue" className="-mt-2 grid gap-1">
                {suggestions.map(
                  ({ app_id: appId, name, header_url: cover, release_date: released }) => (
                    <li key={appId}>
                      <button
                        type="button"
                        onClick={() => {
                          setTitle(name);
                          setChosen({ name, cover: cover ?? null });
                        }}
                        className="flex min-h-10 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-sunken"
                      >
                        <Cover title={name} url={cover} className="w-14" />
                        <span className="min-w-0 flex-1 truncate">{name}</span>
                        <span className="text-xs text-muted">{released?.slice(0, 4)}</span>
                      </button>
                    </li>
                  ),
                )}
              </ul>
            )}
            <div className="grid grid-cols-2 gap-4">
              <TextField
                label="Platform"
                name="platform"
                required
                maxLength={50}
                list="platforms"
                defaultValue="PC"
                problem={problemAt("/platform")}
              />
              <SelectField label="Status" name="status" defaultValue="Backlog">
                {STATUSES.map((status) => (
                  <option key={status}>{status}</option>
                ))}
              </SelectField>
            </div>
            <datalist id="platforms">
              {PLATFORMS.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <TextField
              label="Hours played so far"
              name="hours"
              type="number"
              min={0}
              max={100_000}
              step="any"
              hint="May stay empty. It is nobody's day: it counts in the total only."
              problem={problemAt("/playtime_minutes")}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** That a game of this title is there already; adding it again stays possible, as on another platform. */
function SameTitle({ title, onClose }: { readonly title: string; readonly onClose: () => void }) {
  const wanted = { q: title.slice(0, SEARCHED_MAX), limit: 100 };
  const found = useQuery({ ...gamesPage(wanted), enabled: title !== "" });
  const name = title.toLocaleLowerCase();
  const same = (found.data?.items ?? []).filter((game) => game.title.toLocaleLowerCase() === name);
  if (title === "" || same.length === 0) return null;
  return (
    <p role="status" className="-mt-2 rounded-md bg-warn-soft p-3 text-warn">
      There is a game of this title already:{" "}
      {same.map(({ id, platform }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Link
            to="/games/$gameId"
            params={{ gameId: String(id) }}
            onClick={onClose}
            className="underline"
          >
            on {platform}
          </Link>
        </span>
      ))}
    </p>
  );
}
