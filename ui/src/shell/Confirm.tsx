import type { ReactNode } from "react";
import { Button } from "./ui.tsx";
import { useDialog } from "./useDialog.ts";

interface ConfirmProps {
  title: string;
  children: ReactNode;
  yes: string;
  no: string;
  testid: string;
  onAnswer: (yes: boolean) => void;
}

/** Asks once before something that cannot be taken back. */
export function Confirm({ title, children, yes, no, testid, onAnswer }: ConfirmProps) {
  const dialog = useDialog();
  return (
    <dialog
      ref={dialog}
      aria-labelledby="confirm-title"
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
      className="card m-auto w-[min(26rem,calc(100vw-2rem))] p-5 text-sm text-ink shadow-raised"
    >
      <h2 id="confirm-title" className="text-base font-semibold">
        {title}
      </h2>
      <p className="mt-2 text-ink-2">{children}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => onAnswer(false)}>{no}</Button>
        <Button look="danger" data-testid={testid} onClick={() => onAnswer(true)}>
          {yes}
        </Button>
      </div>
    </dialog>
  );
}
