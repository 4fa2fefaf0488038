import { useTabState } from "../shell/useTabState.ts";
import { CatalogueCard } from "./CatalogueCard.tsx";
import { HealthCard } from "./HealthCard.tsx";
import { PreferencesCard } from "./PreferencesCard.tsx";
import { ProvidersCard } from "./ProvidersCard.tsx";
import { QuarantineCard } from "./QuarantineCard.tsx";
import { VersionsCard } from "./VersionsCard.tsx";

/** What this browser was told to do, and what stands on the other side of the page. */
export function SettingsPage() {
  useTabState("Settings", "idle");
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-4">
      <h1 className="text-xl font-semibold">Settings and about</h1>
      <PreferencesCard />
      <ProvidersCard />
      <HealthCard />
      <VersionsCard />
      <QuarantineCard />
      <CatalogueCard />
    </div>
  );
}
