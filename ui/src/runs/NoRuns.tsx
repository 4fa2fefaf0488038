import { Link } from "@tanstack/react-router";
import { BUTTON, BUTTON_SHAPE, Notice } from "../shell/ui.tsx";

export function NoRuns() {
  return (
    <Notice title="No runs yet" heading="h2">
      <p>
        A run sends your documents through several models and shows every call while it happens. A
        sample is ready to start.
      </p>
      <Link to="/new" className={`${BUTTON_SHAPE} ${BUTTON.primary}`}>
        New run
      </Link>
      <Link to="/" search={{ archived: true }} data-testid="show-archived" className="link text-xs">
        Archived runs
      </Link>
    </Notice>
  );
}
