import { Outlet } from "@tanstack/react-router";
import { Activity, lazy, Suspense, useEffect, useState } from "react";
import { useLive } from "../data/live.ts";
import { useVisitor } from "../data/visitor.ts";
import { Skeleton } from "../kit/answer.tsx";
import { Navigation, TopBar } from "./bar.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { keepForOffline } from "./offline.ts";
import { Notices } from "./notices.tsx";
import { SignIn } from "./sign-in.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

// What opens over a page is no part of the first load; it is fetched as soon as the page stands.
const loadPalette = () => import("./palette.tsx");
const loadShortcuts = () => import("./shortcuts.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const Shortcuts = lazy(async () => ({ default: (await loadShortcuts()).Shortcuts }));

/**
 * The frame of every page: the bar, the messages, and for a stranger the way in. What the owner was doing when their sign-in ended
 * stays as it is beneath it, hidden and at rest, so that nothing is lost of what they typed.
 */
export function Shell() {
  const visitor = useVisitor();
  return (
    <>
      {visitor !== "stranger" && (
        <Activity mode={visitor === "known" ? "visible" : "hidden"}>
          <Inside />
        </Activity>
      )}
      {visitor !== "known" && <SignIn />}
      <Notices />
    </>
  );
}

function Inside() {
  const [open, setOpen] = useState<"palette" | "shortcuts">();
  useLive();
  useEffect(keepForOffline, []);
  useEffect(() => {
    // A dialog that cannot be prefetched now is loaded when it is opened.
    Promise.all([loadPalette(), loadShortcuts()]).catch(() => undefined);
  }, []);
  useShortcuts(setOpen);
  return (
    <div className="lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] print:block">
      <a
        href="#main"
        className="print:hidden absolute top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Navigation openPalette={() => setOpen("palette")} />
      <div className="min-w-0">
        <TopBar openPalette={() => setOpen("palette")} />
        <ConnectionBanner />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto max-w-7xl px-4 pt-3 pb-24 outline-none sm:px-6 lg:pt-6 lg:pb-12 print:p-0"
        >
          <Suspense fallback={<Skeleton className="h-96" />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>
        {open === "palette" && <Palette onClose={() => setOpen(undefined)} />}
        {open === "shortcuts" && <Shortcuts onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  );
}
