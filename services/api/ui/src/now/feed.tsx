import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Activity } from "lucide-react";
import type { FeedItem } from "@tracker/contracts";
import type { ReactNode } from "react";
import { feed } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Cover } from "../kit/cover.tsx";
import { clock, dayName, duration, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { ShowMore } from "../kit/show-more.tsx";

/** What happened, live first, then newest, under the day on which it did. */
export function Feed() {
  const activity = useInfiniteQuery(feed);
  return (
    <Panel title="Activity">
      <Answer of={activity} skeleton={<Skeleton className="h-96" />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Empty icon={Activity} title="Nothing in the last 30 days">
                Sessions, achievements and new games show up here by themselves.
              </Empty>
            );
          }
          return <Days items={items} />;
        }}
      </Answer>
      <ShowMore pages={activity} />
    </Panel>
  );
}

function Days({ items }: { readonly items: readonly FeedItem[] }) {
  const byDay = Map.groupBy(items, (item) => (item.live ? "" : item.day));
  return [...byDay].map(([day, list]) => (
    <div key={day} className="mb-4 last:mb-0">
      <h3 className="mb-1 text-xs font-medium text-muted">{day === "" ? "Now" : dayName(day)}</h3>
      <ul className="flex flex-col gap-1">
        {list.map((item) => (
          <li key={keyOf(item)}>
            <Entry item={item} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

function keyOf(item: FeedItem): string {
  if (item.type === "session") return `session-${item.session.id}`;
  if (item.type === "games_added") return `added-${item.at}`;
  return `${item.type}-${item.game_id}-${item.day}`;
}

type ItemOf<T extends FeedItem["type"]> = Extract<FeedItem, { type: T }>;

function Entry({ item }: { readonly item: FeedItem }) {
  if (item.type === "session") return <Sitting item={item} />;
  if (item.type === "games_added") return <Additions item={item} />;
  if (item.type === "completion") {
    return (
      <Row game={item} detail="Every achievement is unlocked">
        <Badge tone="accent">completed</Badge>
      </Row>
    );
  }
  const names = item.achievements.map(({ title }) => title).join(", ");
  const figure = plural(item.achievements.length, "achievement");
  return <Row game={item} detail={names} figure={figure} />;
}

function Sitting({ item }: { readonly item: ItemOf<"session"> }) {
  const { session, live } = item;
  const zone = useTimeZone();
  const until = session.ended_at === null ? "now" : clock(session.ended_at, zone);
  const when =
    session.precision === "gap"
      ? "some time in between"
      : `${clock(session.started_at, zone)} – ${until}`;
  return (
    <Row game={session} detail={when} {...minutesOf(item)}>
      {live && <Badge tone="good">live</Badge>}
    </Row>
  );
}

/** A running session's minutes are those that Steam reported, not those of the clock. */
function minutesOf({
  session,
  live,
}: ItemOf<"session">): Pick<RowProps, "figure" | "sign" | "note"> {
  const figure = duration(session.minutes);
  if (!live) return { figure };
  return {
    figure,
    sign: "counted",
    note: "What Steam has told so far: it counts about every half hour and when the game is closed.",
  };
}

function Additions({ item: { games, count } }: { readonly item: ItemOf<"games_added"> }) {
  const [first] = games;
  if (first === undefined) return null;
  const others = count > 1 ? `and ${plural(count - 1, "more game")} ` : "";
  return <Row game={first} detail={`${others}came into the library`} />;
}

interface RowProps {
  readonly game: {
    readonly game_id: number;
    readonly title: string;
    readonly cover_url: string | null;
  };
  readonly detail: string;
  readonly figure?: string;
  /** What the figure is, where that is not plain: in a word below it, and in full. */
  readonly sign?: string;
  readonly note?: string;
  readonly children?: ReactNode;
}

function Row({ game, detail, figure, sign, note, children }: RowProps) {
  return (
    <Link
      to="/games/$gameId"
      params={{ gameId: String(game.game_id) }}
      className="-mx-2 flex min-h-14 items-center gap-3 rounded-md px-2 py-1.5 hover:bg-sunken"
    >
      <Cover title={game.title} url={game.cover_url} className="w-16 sm:w-20" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{game.title}</span>
        <span className="figures block truncate text-xs text-muted">{detail}</span>
      </span>
      {children}
      {figure !== undefined && (
        <span className="figures text-right whitespace-nowrap" title={note}>
          {figure}
          {sign !== undefined && <span className="block text-xs text-muted">{sign}</span>}
        </span>
      )}
    </Link>
  );
}
