import type { LinkProps } from "@tanstack/react-router";
import {
  CalendarDays,
  ChartColumn,
  Gamepad2,
  House,
  type LucideIcon,
  Search,
  Server,
} from "lucide-react";

interface Destination {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly name: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`, as in `g l` for the library. */
  readonly key: string;
}

/** The pages that the bar shows, in its order. */
export const DESTINATIONS: readonly Destination[] = [
  { to: "/", name: "Now", icon: House, key: "n" },
  { to: "/library", name: "Library", icon: Gamepad2, key: "l" },
  { to: "/activity", name: "Activity", icon: CalendarDays, key: "a" },
  { to: "/statistics", name: "Statistics", icon: ChartColumn, key: "s" },
  { to: "/catalogue", name: "Catalogue", icon: Search, key: "c" },
  { to: "/operations", name: "Operations", icon: Server, key: "o" },
];
