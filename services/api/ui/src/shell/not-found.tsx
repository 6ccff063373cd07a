import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { Empty } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";

export function NotFound() {
  return (
    <Page title="Not found">
      <Empty icon={Compass} title="There is nothing at this address">
        <Link to="/" className="text-accent underline">
          Go to what is played now
        </Link>
      </Empty>
    </Page>
  );
}
