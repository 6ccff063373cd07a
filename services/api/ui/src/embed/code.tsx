import { Copy } from "lucide-react";
import { useRef } from "react";
import { Button } from "../kit/button.tsx";
import { copyText } from "../kit/copy-text.ts";

interface CodeProps {
  /** What it is written in: HTML, Markdown, JavaScript. */
  readonly language: string;
  /** Tells this one's copy button from the others'. */
  readonly name: string;
  readonly text: string;
  /** Only shows what it will look like: there is nothing to copy yet. */
  readonly isPattern?: boolean;
}

/** Code to take along, with a button that copies it. */
export function Code({ language, name, text, isPattern = false }: CodeProps) {
  const code = useRef<HTMLElement>(null);
  return (
    <div className="min-w-0 rounded-md border border-line bg-sunken">
      <div className="flex items-center min-h-12 justify-between gap-2 border-b border-line py-1 pr-1 pl-3">
        <span className="text-xs font-medium text-muted">{language}</span>
        {!isPattern && (
          <Button
            look="quiet"
            aria-label={`Copy ${language} of ${name}`}
            onClick={() => void copyText(text, code.current)}
          >
            <Copy className="size-4" aria-hidden="true" />
            Copy
          </Button>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached with the keyboard */}
      <pre
        tabIndex={0}
        role="group"
        aria-label={`${language} of ${name}`}
        className="overflow-x-auto p-3 text-xs"
      >
        <code ref={code}>{text}</code>
      </pre>
    </div>
  );
}
