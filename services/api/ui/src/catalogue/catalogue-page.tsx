import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useState } from "react";
import { apps } from "../data/apps.ts";
import { isStep } from "../kit/address.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";
import { AppTable } from "./app-table.tsx";
import { CatalogueFilters } from "./filters.tsx";
import { type CatalogueSearch, narrowing } from "./search.ts";

/** Every app on Steam, as far as it was collected: searched while typing, filtered, and marked if in the library. */
export function CataloguePage() {
  const search = useSearch({ from: "/catalogue" });
  const navigate = useNavigate({ from: "/catalogue" });
  // What is typed is asked for at every letter; the address follows when one pauses.
  const [typed, setTyped] = useState(search.q ?? "");
  const answer = useInfiniteQuery(apps({ ...search, q: typed.trim() || undefined }));
  const change = (part: Partial<CatalogueSearch>) =>
    void navigate({
      search: (before) => ({ ...before, ...part }),
      replace: !isStep(part, ["q", "released_from"]),
      resetScroll: false,
    });
  return (
    <Page title="Catalogue" hint="All of Steam, with what SteamSpy and the store tell of it">
      <CatalogueFilters search={search} change={change} typed={setTyped} />
      <Answer of={answer} skeleton={<Skeleton className="h-[60dvh]" />}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.items);
          if (list.length === 0)
            return <NothingFound filtered={narrowing(search) > 0 || typed.trim() !== ""} />;
          return (
            <AppTable
              apps={list}
              isOld={answer.isPlaceholderData}
              more={answer.hasNextPage}
              loadMore={() => void answer.fetchNextPage()}
              loading={answer.isFetchingNextPage}
            />
          );
        }}
      </Answer>
    </Page>
  );
}

function NothingFound({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <Empty icon={SearchX} title="No app is like that">
      Take a filter away to see more.
    </Empty>
  ) : (
    <Empty icon={SearchX} title="The catalogue is empty">
      A crawl brings every app with its owners, reviews and prices in about two hours; genres,
      languages and tags come app by app and take days, the owned and the popular first.{" "}
      <Link to="/operations" className="text-accent underline">
        Start one
      </Link>
      .
    </Empty>
  );
}
