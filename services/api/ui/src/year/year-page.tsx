import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { CalendarX2, ChevronLeft, ChevronRight, Download } from "lucide-react";
import { days } from "../data/history.ts";
import { statistics } from "../data/statistics.ts";
import { useToday } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { hours, plural } from "../kit/format.ts";
import { announce } from "../kit/notice.ts";
import { Page } from "../kit/panel.tsx";
import { Undated } from "../kit/undated.tsx";
import { NotFound } from "../shell/not-found.tsx";
import { DARK, drawReview, PAPER, reviewFacts, savePng, saveSvg } from "./review-picture.ts";

/** The years that the tracker knows, as in the contract's Year. */
const KNOWN_YEAR = /^(?:19[7-9]|20\d)\d$/;
const FIRST_YEAR = 1970;

/** A year as one picture, to keep and to share. */
export function YearPage() {
  const { year } = useParams({ from: "/years/$year" });
  return KNOWN_YEAR.test(year) ? <Year year={Number(year)} /> : <NotFound />;
}

function Year({ year }: { readonly year: number }) {
  const navigate = useNavigate();
  const now = useToday();
  const range = { from: `${year}-01-01`, to: `${year}-12-31` };
  const answer = useQuery(statistics(range));
  const byDay = useQuery(days(range));
  const go = (next: number) =>
    void navigate({ to: "/years/$year", params: { year: String(next) }, replace: true });
  const draw = (palette: typeof DARK) =>
    answer.data === undefined ||
    byDay.data === undefined ||
    answer.data.minutes === 0 ||
    answer.data.from !== range.from
      ? undefined
      : drawReview(
          year,
          answer.data,
          new Map(byDay.data.items.map(({ day, minutes }) => [day, minutes])),
          palette,
        );
  const picture = draw(DARK);
  const save = (how: (svg: string, name: string) => Promise<void> | void) => {
    if (picture === undefined) return;
    Promise.resolve(how(picture, `games-of-${year}`)).catch((error: unknown) =>
      announce({ tone: "bad", text: String(error) }),
    );
  };
  return (
    <Page
      title={`${year} in review`}
      hint={year === Number(now.slice(0, 4)) ? "The year so far" : undefined}
      actions={
        <>
          <IconButton
            label={`Show ${year - 1}`}
            disabled={year <= FIRST_YEAR}
            onClick={() => go(year - 1)}
          >
            <ChevronLeft className="size-5" aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Show ${year + 1}`}
            disabled={year >= Number(now.slice(0, 4))}
            onClick={() => go(year + 1)}
          >
            <ChevronRight className="size-5" aria-hidden="true" />
          </IconButton>
          <Button disabled={picture === undefined} onClick={() => save(savePng)}>
            <Download className="size-4" aria-hidden="true" /> PNG
          </Button>
          <Button disabled={picture === undefined} onClick={() => save(saveSvg)}>
            <Download className="size-4" aria-hidden="true" /> SVG
          </Button>
        </>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="mx-auto aspect-[4/5] max-w-3xl" />}>
        {(value) =>
          value.minutes === 0 ? (
            <Empty icon={CalendarX2} title={`Nothing was seen in ${year}`}>
              What Steam’s own years in review tell is on each game’s page.
              <Undated games={value.completed_undated} />
            </Empty>
          ) : (
            <div className="mx-auto max-w-3xl">
              {picture === undefined ? (
                <Skeleton className="aspect-[4/5]" />
              ) : (
                <Picture
                  screen={picture}
                  paper={draw(PAPER) ?? picture}
                  alt={`${year}: ${hours(value.minutes)} in ${plural(value.games_played, "game")} on ${plural(value.active_days, "day")}`}
                />
              )}
              <div className="mt-2 text-xs text-muted">
                <Undated games={value.completed_undated} />
              </div>
              <ul className="mt-4 grid grid-cols-2 gap-4 sm:hidden">
                {reviewFacts(value).map(([head, note]) => (
                  <li
                    key={`${head} ${note}`}
                    className="rounded-lg border border-line bg-surface p-4"
                  >
                    <strong className="figures block text-base">{head}</strong>
                    <span className="text-xs text-muted">{note}</span>
                  </li>
                ))}
              </ul>
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

interface PictureProps {
  readonly screen: string;
  readonly paper: string;
  readonly alt: string;
}

function Picture({ screen, paper, alt }: PictureProps) {
  const image = { alt, width: 800, height: 1000 };
  const address = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return (
    <>
      <img {...image} src={address(screen)} className="w-full rounded-lg print:hidden" />
      <img {...image} src={address(paper)} className="hidden w-full print:block" />
    </>
  );
}
