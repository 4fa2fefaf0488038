import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { Footer } from "./Footer.tsx";
import { setTheme, useTheme, type Theme } from "./theme.ts";
import { TopNotes } from "./TopNotes.tsx";
import { BUTTON, BUTTON_SHAPE } from "./ui.tsx";

const PAGES = [
  { to: "/", name: "Runs" },
  { to: "/lanes", name: "Lanes" },
] as const;

/** What all pages share: the bar on top, the page, the builds at the bottom. */
export function Shell() {
  useFocusOnNavigation();
  return (
    <div className="flex min-h-screen flex-col text-sm">
      <a
        href="#main"
        className="absolute left-2 top-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="border-b border-line bg-surface px-4 sm:px-6">
        <div className="mx-auto flex h-12 w-full max-w-[100rem] items-center gap-3 sm:gap-4">
          <Link to="/" className="flex items-center gap-2 font-semibold">
            <img src="/icons/idle.svg" alt="" width={20} height={20} />
            <span className="max-[359px]:sr-only">ACM2</span>
          </Link>
          <nav aria-label="Main" className="flex gap-1">
            {PAGES.map(({ to, name }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: true, includeSearch: false }}
                activeProps={{ className: "bg-sunken text-ink" }}
                inactiveProps={{ className: "text-ink-2" }}
                className="rounded-md px-2.5 py-1 font-medium hover:bg-hover hover:text-ink"
              >
                {name}
              </Link>
            ))}
          </nav>
          <div className="ml-auto flex items-center gap-2">
            <span className="contents max-[399px]:hidden">
              <ThemeToggle />
            </span>
            <SettingsLink />
            <Link to="/new" className={`${BUTTON_SHAPE} ${BUTTON.primary}`}>
              New run
            </Link>
          </div>
        </div>
      </header>
      <TopNotes />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[100rem] px-4 py-5 outline-none sm:px-6"
      >
        <Outlet />
      </main>
      <Footer />
    </div>
  );
}

function SettingsLink() {
  return (
    <Link
      to="/settings"
      aria-label="Settings"
      title="Settings"
      data-testid="settings-link"
      activeProps={{ className: "bg-sunken!" }}
      className={`${BUTTON_SHAPE} ${BUTTON.quiet} w-9 px-2`}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className="size-5 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      >
        <path d="M1.75 4.5h6.5M11.75 4.5h2.5M1.75 11.5h2.5M7.75 11.5h6.5" />
        <circle cx="10" cy="4.5" r="1.75" />
        <circle cx="6" cy="11.5" r="1.75" />
      </svg>
    </Link>
  );
}

/** After a change of page the keyboard and the screen reader begin at its content. */
function useFocusOnNavigation(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onResolved", ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged) document.getElementById("main")?.focus();
      }),
    [router],
  );
}

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

const NAME: Record<Theme, string> = { system: "Auto", light: "Light", dark: "Dark" };

function ThemeToggle() {
  const theme = useTheme();
  return (
    <button
      type="button"
      data-testid="theme-toggle"
      aria-label={`Theme: ${NAME[theme]}. Switch to ${NAME[NEXT[theme]]}`}
      onClick={() => setTheme(NEXT[theme])}
      className={`${BUTTON_SHAPE} ${BUTTON.quiet} w-9 px-2 sm:w-20`}
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
      </svg>
      <span className="max-sm:hidden">{NAME[theme]}</span>
    </button>
  );
}
