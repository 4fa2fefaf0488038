import { Button, Card } from "../shell/ui.tsx";
import { setTheme, useTheme, type Theme } from "../shell/theme.ts";
import { turnOff, turnOn, useNotices, type Notices } from "./notifications.ts";

const THEMES: { theme: Theme; name: string }[] = [
  { theme: "system", name: "As the system" },
  { theme: "light", name: "Light" },
  { theme: "dark", name: "Dark" },
];

/** Kept in this browser alone. */
export function PreferencesCard() {
  return (
    <Card
      id="preferences"
      title="This browser"
      aside={<span className="text-xs text-ink-2">Kept here, sent nowhere</span>}
    >
      <div className="grid gap-x-8 gap-y-5 border-t border-line p-4 sm:grid-cols-2">
        <ThemeChoice />
        <NoticeChoice />
      </div>
    </Card>
  );
}

function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset>
      <legend className="label">Theme</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {THEMES.map((each) => (
          <label key={each.theme} className="flex min-h-6 items-center gap-2">
            <input
              type="radio"
              name="theme"
              className="size-4 accent-(--accent)"
              checked={theme === each.theme}
              onChange={() => setTheme(each.theme)}
            />
            {each.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const STATE: Record<Notices, string> = {
  unsupported: "This browser, or a page without HTTPS, cannot show notifications.",
  off: "Off. The browser asks for your permission when you turn them on.",
  on: "On, for each run whose page is open in a tab that you are not looking at.",
  denied: "Blocked by the browser for this site. Allow them in its settings first.",
};

function NoticeChoice() {
  const notices = useNotices();
  return (
    <div>
      <h3 className="label">Notification at the end of a run</h3>
      <p id="notices-state" role="status" data-testid="notices" className="text-xs text-ink-2">
        {STATE[notices]}
      </p>
      {notices !== "unsupported" && (
        <Button
          className="mt-2"
          data-testid="toggle-notices"
          aria-describedby="notices-state"
          onClick={() => (notices === "off" ? void turnOn() : turnOff())}
        >
          {notices === "off" ? "Turn on" : "Turn off"}
        </Button>
      )}
    </div>
  );
}
