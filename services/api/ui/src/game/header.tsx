import { useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Pencil, Star, Trash2 } from "lucide-react";
import type { GameDetail } from "@tracker/contracts";
import { type ReactNode, useState } from "react";
import { useArchiveGames, useEditGames } from "../data/games.ts";
import { useTimeZone } from "../data/status.ts";
import { Badge } from "../kit/badge.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Cover } from "../kit/cover.tsx";
import { count, hours, moment, percent } from "../kit/format.ts";
import { RatingSelect, StatusSelect } from "../library/status-select.tsx";
import { Completed } from "./completed.tsx";
import { EditGame } from "./edit-game.tsx";
import { PurgeGame } from "./purge-game.tsx";

const VISIBILITY_NAMES = { public: "public", totals: "totals only", hidden: "hidden" } as const;

export function Header({ game }: { readonly game: GameDetail }) {
  const zone = useTimeZone();
  const navigate = useNavigate();
  const edit = useEditGames();
  const archive = useArchiveGames();
  const [open, setOpen] = useState<"edit" | "purge">();
  const { title, is_favorite: favorite, archived_at: archivedAt } = game;
  return (
    <section
      aria-label="Overview"
      className="flex min-w-0 flex-wrap gap-4 rounded-lg border border-line bg-surface p-4 sm:p-5"
    >
      <Cover title={title} url={game.cover_url} className="w-full self-start sm:w-72" eager />
      <div className="min-w-0 flex-1 basis-72">
        <p className="mb-2 flex flex-wrap items-center gap-2">
          <Badge>
            <span className="truncate">{game.platform}</span>
          </Badge>
          {game.library_state === "shared" && <Badge>borrowed</Badge>}
          {game.library_state === "not_in_library" && (
            <Badge tone="warn">no longer listed by Steam</Badge>
          )}
          {game.steam_reports_less && <Badge tone="warn">Steam reports less than before</Badge>}
          {game.visibility !== "public" && <Badge>{VISIBILITY_NAMES[game.visibility]}</Badge>}
          {archivedAt !== null && <Badge tone="warn">archived</Badge>}
          {game.tags.map((tag) => (
            <Badge key={tag} tone="accent">
              <span className="truncate">{tag}</span>
            </Badge>
          ))}
        </p>
        <dl className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <Fact name="Played" value={hours(game.playtime_minutes)} strong />
          <Fact
            name="Last played"
            value={game.last_played_at === null ? "never" : moment(game.last_played_at, zone)}
          />
          {game.total_achievements > 0 && (
            <Fact
              name="Achievements"
              value={`${count(game.unlocked_achievements)} of ${count(game.total_achievements)} (${percent(game.completion_percentage / 100)})`}
            />
          )}
          {(game.completion_date !== null || game.status === "Completed") && (
            <Fact name="Completed" value={<Completed game={game} />} />
          )}
        </dl>
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          <label className="flex items-center gap-1 text-xs text-muted">
            Status <StatusSelect game={game} />
          </label>
          <label className="flex items-center gap-1 text-xs text-muted">
            Rating <RatingSelect game={game} />
          </label>
          <IconButton
            label={favorite ? "It is a favourite" : "Make it a favourite"}
            aria-pressed={favorite}
            onClick={() => edit.mutate([{ game, patch: { is_favorite: !favorite } }])}
          >
            <Star className="size-5" aria-hidden="true" fill={favorite ? "currentColor" : "none"} />
          </IconButton>
          <Button size="small" onClick={() => setOpen("edit")}>
            <Pencil className="size-4" aria-hidden="true" /> Edit
          </Button>
          {archivedAt === null ? (
            <Button
              size="small"
              onClick={() =>
                archive.mutate([game], { onSuccess: () => void navigate({ to: "/library" }) })
              }
            >
              <Archive className="size-4" aria-hidden="true" /> Archive
            </Button>
          ) : (
            <>
              <Button
                size="small"
                onClick={() => edit.mutate([{ game, patch: { archived: false } }])}
              >
                <ArchiveRestore className="size-4" aria-hidden="true" /> Bring back
              </Button>
              <Button size="small" look="danger" onClick={() => setOpen("purge")}>
                <Trash2 className="size-4" aria-hidden="true" /> Delete for good
              </Button>
            </>
          )}
        </div>
      </div>
      {open === "edit" && <EditGame game={game} onClose={() => setOpen(undefined)} />}
      {open === "purge" && <PurgeGame game={game} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function Fact({
  name,
  value,
  strong,
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly strong?: true;
}) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className={strong ? "text-lg font-semibold" : undefined}>{value}</dd>
    </>
  );
}
