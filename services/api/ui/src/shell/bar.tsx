import { Link } from "@tanstack/react-router";
import { LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import { answerOf, api } from "../data/client.ts";
import { queryClient } from "../data/query-client.ts";
import { setVisitor } from "../data/visitor.ts";
import { IconButton } from "../kit/button.tsx";
import { setTheme, type Theme, THEMES, useTheme } from "../kit/theme.ts";
import { DESTINATIONS } from "./navigation.ts";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** At the left of a wide screen, at the bottom of a phone's. */
export function Navigation({ openPalette }: { readonly openPalette: () => void }) {
  return (
    <header className="fixed print:hidden inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:sticky lg:inset-auto lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-t-0 lg:border-r lg:p-3">
      <Link to="/" className="hidden items-center gap-2 px-2 py-3 font-semibold lg:flex">
        <img src="/icon.svg" alt="" width={24} height={24} />
        Game Tracker
      </Link>
      <button
        type="button"
        onClick={openPalette}
        className="mb-3 hidden min-h-10 items-center gap-2 rounded-md border border-line px-3 text-muted hover:bg-sunken lg:flex"
      >
        <Search className="size-4" aria-hidden="true" />
        <span className="flex-1 text-left">Find…</span>
        <kbd className="text-xs">/</kbd>
      </button>
      <nav aria-label="Pages">
        <ul className="flex justify-around lg:flex-col lg:gap-1">
          {DESTINATIONS.map(({ to, name, icon: Icon }) => (
            <li key={name} className="min-w-0 flex-1 lg:flex-none">
              <Link
                to={to}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                className="flex flex-col items-center gap-0.5 py-2 text-muted hover:text-ink aria-[current=page]:text-accent lg:flex-row lg:gap-3 lg:rounded-md lg:px-3 lg:hover:bg-sunken lg:aria-[current=page]:bg-accent-soft"
              >
                <Icon className="size-5 shrink-0" aria-hidden="true" />
                <span className="max-w-full truncate text-[0.6875rem] font-medium tracking-tight lg:text-sm lg:tracking-normal">
                  {name}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-auto hidden items-center justify-between lg:flex">
        <span className="flex">
          <Link to="/embed" className="px-2 py-2 text-xs text-muted underline">
            Embed
          </Link>
          <a href="/reference" className="px-2 py-2 text-xs text-muted underline">
            API
          </a>
        </span>
        <span className="flex">
          <ThemeButton />
          <SignOutButton />
        </span>
      </div>
    </header>
  );
}

/** On a phone, where the bar is at the bottom and holds the pages only. */
export function TopBar({ openPalette }: { readonly openPalette: () => void }) {
  return (
    <section
      aria-label="Top"
      className="flex items-center justify-between px-4 pt-2 lg:hidden print:hidden"
    >
      <Link to="/" className="flex min-h-10 items-center gap-2 font-semibold">
        <img src="/icon.svg" alt="" width={22} height={22} />
        Game Tracker
      </Link>
      <span className="flex">
        <IconButton label="Find" onClick={openPalette}>
          <Search className="size-5" aria-hidden="true" />
        </IconButton>
        <ThemeButton />
        <SignOutButton />
      </span>
    </section>
  );
}

function ThemeButton() {
  const theme = useTheme();
  const Icon = THEME_ICONS[theme];
  const next: Theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  return (
    <IconButton label={`Colours: ${theme}. Change to ${next}`} onClick={() => setTheme(next)}>
      <Icon className="size-5" aria-hidden="true" />
    </IconButton>
  );
}

function SignOutButton() {
  return (
    <IconButton label="Sign out" onClick={() => void signOut()}>
      <LogOut className="size-5" aria-hidden="true" />
    </IconButton>
  );
}

/** Clears what was shown as well: the next person at this screen may be another. */
export async function signOut(): Promise<void> {
  await answerOf(api.logout.post());
  queryClient.clear();
  setVisitor("stranger");
}
