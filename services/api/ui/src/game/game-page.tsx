import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Gamepad2 } from "lucide-react";
import { game as gameOf } from "../data/game.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";
import { NotFound } from "../shell/not-found.tsx";
import { Achievements } from "./achievements.tsx";
import { AppFacts } from "./app-facts.tsx";
import { Header } from "./header.tsx";
import { Lifetime } from "./lifetime.tsx";
import { Notes } from "./notes.tsx";
import { Sessions } from "./sessions.tsx";
import { Unlocks } from "./unlocks.tsx";

/** Everything about one game: what it is, when it was played, and what was reached in it. */
export function GamePage() {
  const { gameId } = useParams({ from: "/games/$gameId" });
  return /^[1-9]\d{0,15}$/.test(gameId) ? <Game id={Number(gameId)} /> : <NotFound />;
}

function Game({ id }: { readonly id: number }) {
  const answer = useQuery(gameOf(id));
  return (
    <Page title={answer.data?.title ?? "Game"}>
      <Answer
        of={answer}
        skeleton={<Skeleton className="h-[80dvh]" />}
        missing={
          <Empty icon={Gamepad2} title="There is no such game">
            <Link to="/library" className="text-accent underline">
              Look for it in the library
            </Link>
          </Empty>
        }
      >
        {(game) => (
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="grid min-w-0 gap-4">
              <Header game={game} />
              <Lifetime id={id} isCounted={game.library_state !== null} />
              <Unlocks id={id} />
              <Sessions game={game} />
            </div>
            <div className="grid min-w-0 gap-4">
              <Notes key={id} game={game} />
              <Achievements id={id} />
              {game.app !== null && <AppFacts app={game.app} />}
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}
