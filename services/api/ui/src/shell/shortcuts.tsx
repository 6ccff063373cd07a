import { Dialog } from "../kit/dialog.tsx";
import { DESTINATIONS } from "./navigation.ts";

const GENERAL = [
  ["/", "Find a page, a game or something to do"],
  ["Ctrl K", "The same, also from a field"],
  ["?", "These shortcuts"],
  ["Esc", "Close what is open"],
] as const;

export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const pages = DESTINATIONS.map(({ key, name }) => [`g ${key}`, name] as const);
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-2">
        {[...GENERAL, ...pages].map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-sm border border-line bg-sunken px-1.5 py-0.5 text-xs">
                {keys}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
