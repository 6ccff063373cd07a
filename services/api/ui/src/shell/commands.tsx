import { useNavigate } from "@tanstack/react-router";
import { BookOpen, Camera, CodeXml, Contrast, Download, LogOut, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { startJob } from "../data/jobs.ts";
import { useFollowsSteam } from "../data/status.ts";
import { readTheme, setTheme } from "../kit/theme.ts";
import { signOut } from "./bar.tsx";
import { DESTINATIONS } from "./navigation.ts";

export interface Command {
  readonly key: string;
  readonly name: string;
  readonly hint?: string;
  readonly picture: ReactNode;
  readonly run: () => void;
}

const ICON = "size-5 shrink-0 text-muted";

/** What the palette offers besides games. */
export function usePageCommands(): readonly Command[] {
  const navigate = useNavigate();
  const follows = useFollowsSteam();
  const pages = DESTINATIONS.map(({ to, name, icon: Icon, key }) => ({
    key: `page-${name}`,
    name,
    hint: `g ${key}`,
    picture: <Icon className={ICON} aria-hidden="true" />,
    run: () => void navigate({ to }),
  }));
  const embed: Command = {
    key: "page-Embed",
    name: "Embed on a page of your own",
    picture: <CodeXml className={ICON} aria-hidden="true" />,
    run: () => void navigate({ to: "/embed" }),
  };
  return [...pages, embed, ...(follows === false ? [] : OF_ACCOUNT), ...ACTIONS];
}

/** What would only fail where no Steam account is followed. */
const OF_ACCOUNT: readonly Command[] = [
  {
    key: "sync",
    name: "Look at Steam now",
    picture: <RefreshCw className={ICON} aria-hidden="true" />,
    run: () => void startJob("poll"),
  },
  {
    key: "import",
    name: "Import the library with its achievements",
    picture: <Download className={ICON} aria-hidden="true" />,
    run: () => void startJob("import"),
  },
];

const ACTIONS: readonly Command[] = [
  {
    key: "backup",
    name: "Back up now",
    picture: <Camera className={ICON} aria-hidden="true" />,
    run: () => void startJob("backup"),
  },
  {
    key: "theme",
    name: "Switch between light and dark",
    picture: <Contrast className={ICON} aria-hidden="true" />,
    run: () => setTheme(isDark() ? "light" : "dark"),
  },
  {
    key: "reference",
    name: "API reference",
    picture: <BookOpen className={ICON} aria-hidden="true" />,
    run: () => window.location.assign("/reference"),
  },
  {
    key: "sign-out",
    name: "Sign out",
    picture: <LogOut className={ICON} aria-hidden="true" />,
    run: () => void signOut(),
  },
];

function isDark(): boolean {
  const theme = readTheme();
  return theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}
