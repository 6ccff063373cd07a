import type { Session } from "@tracker/contracts";
import { createContext, type ReactNode, useContext, useState } from "react";
import { SessionDialog } from "./session-dialog.tsx";
import { SplitDialog } from "./split-dialog.tsx";

type Correction =
  | { readonly kind: "edit"; readonly session: Session }
  | { readonly kind: "split"; readonly session: Session; readonly endedAt: string };

const Opener = createContext<(correction: Correction) => void>(() => undefined);

/** Opens what corrects a session, in the SessionDialogs around it. */
export function useOpenCorrection(): (correction: Correction) => void {
  return useContext(Opener);
}

/** Holds what corrects the sessions of a list: it stays open, with what was typed, where its session leaves the list meanwhile. */
export function SessionDialogs({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState<Correction>();
  const close = () => setOpen(undefined);
  return (
    <Opener value={setOpen}>
      {children}
      {open?.kind === "edit" && <SessionDialog session={open.session} onClose={close} />}
      {open?.kind === "split" && (
        <SplitDialog session={open.session} endedAt={open.endedAt} onClose={close} />
      )}
    </Opener>
  );
}
