import { useState } from "react";
import { Button } from "./ui.tsx";

type Copied = "no" | "yes" | "refused";

const SAID: Record<Exclude<Copied, "no">, string> = { yes: "Copied", refused: "Not allowed" };

interface CopyButtonProps {
  /** What is copied, for those who do not see what stands beside. */
  label: string;
  /** Undefined while there is nothing yet; a function is asked at the click. */
  text: string | (() => string) | undefined;
  name?: string;
  className?: string;
}

/** A browser gives its clipboard to secure pages only, and may ask; a refusal is said. */
export function CopyButton({
  label,
  text,
  name = "Copy",
  className = "min-h-6 min-w-16 px-1.5 py-0 text-xs",
}: CopyButtonProps) {
  const [copied, setCopied] = useState<Copied>("no");
  const copy = async () => {
    if (text === undefined) return;
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setCopied("yes");
    } catch {
      setCopied("refused");
    }
  };
  return (
    <Button
      className={className}
      aria-disabled={text === undefined}
      aria-label={copied === "no" ? label : `${label}: ${SAID[copied]}`}
      onClick={() => void copy()}
      onBlur={() => setCopied("no")}
    >
      {copied === "no" ? name : SAID[copied]}
    </Button>
  );
}
