import { useQuery } from "@tanstack/react-query";
import { Trophy } from "lucide-react";
import type { Achievement } from "@tracker/contracts";
import { useState } from "react";
import { achievements } from "../data/game.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { classes } from "../kit/classes.ts";
import { moment, percent } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Progress } from "../kit/progress.tsx";
import { RARE_PERCENT } from "./unlock-place.ts";

const SHOWN_AT_FIRST = 12;

/** Unlocked ones newest first, then the locked, most common first; a hidden one shows itself when asked. */
export function Achievements({ id }: { readonly id: number }) {
  const answer = useQuery(achievements(id));
  const [all, setAll] = useState(false);
  return (
    <Panel title="Achievements">
      <Answer of={answer} skeleton={<Skeleton className="h-64" />}>
        {({ items, unlocked, total, import: attempt }) =>
          total === 0 ? (
            <Empty icon={Trophy} title="No achievements">
              {attempt?.message ?? "The game has none, or they were not imported yet."}
            </Empty>
          ) : (
            <>
              <p className="figures mb-1">
                {unlocked} of {total} · {percent(unlocked / total)}
              </p>
              <Progress label="Achievements unlocked" done={unlocked} total={total} />
              <ul className="mt-3 grid gap-2">
                {(all ? items : items.slice(0, SHOWN_AT_FIRST)).map((item) => (
                  <Entry key={item.id} item={item} />
                ))}
              </ul>
              {items.length > SHOWN_AT_FIRST && !all && (
                <Button className="mt-3 w-full" onClick={() => setAll(true)}>
                  Show all {items.length}
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

function Entry({ item }: { readonly item: Achievement }) {
  const zone = useTimeZone();
  const [revealed, setRevealed] = useState(false);
  const secret = item.hidden && !item.unlocked && !revealed;
  const share = item.global_percent;
  return (
    <li className="flex items-center gap-3">
      <Icon item={item} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{secret ? "Hidden achievement" : item.title}</p>
        {secret ? (
          <button
            type="button"
            onClick={() => setRevealed(true)}
            className="min-h-6 text-xs text-accent underline"
          >
            Reveal
          </button>
        ) : (
          <p className="truncate text-xs text-muted">{item.description}</p>
        )}
        <p className="figures text-xs text-muted">
          {item.unlocked
            ? item.unlocked_at === null
              ? "unlocked, Steam does not say when"
              : moment(item.unlocked_at, zone)
            : "locked"}
        </p>
      </div>
      {share !== null && (
        <span
          className={classes(
            "figures text-right text-xs",
            share < RARE_PERCENT ? "font-medium text-warn" : "text-muted",
          )}
        >
          {percent(share / 100, 1)}
          <span className="block">{share < RARE_PERCENT ? "rare" : "have it"}</span>
        </span>
      )}
    </li>
  );
}

function Icon({ item }: { readonly item: Achievement }) {
  const [broken, setBroken] = useState(false);
  const frame = classes(
    "flex size-10 shrink-0 items-center justify-center rounded-md bg-sunken text-edge",
    !item.unlocked && "opacity-60 grayscale",
  );
  if (item.icon_url === null || broken) {
    return (
      <span className={frame}>
        <Trophy className="size-5" aria-hidden="true" />
      </span>
    );
  }
  return (
    <img
      src={item.icon_url}
      alt=""
      width={40}
      height={40}
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setBroken(true)}
      className={frame}
    />
  );
}
