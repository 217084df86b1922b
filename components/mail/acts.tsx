"use client";
/** The acts on messages: each opens a small window, asks what has to be known, and leads to a page that is read before anything is done. */
import { type ReactNode, useId, useRef, useState } from "react";
import { BACK, FOLDER_NAMES, FOLDERS, type Folder } from "@/lib/model/destinations";
import type { MailPlace } from "@/lib/usecases/views/mail";
import { ActionForm, type FormAction } from "../action-form";
import { Field } from "../field";

/** Which messages: these, or all that a search finds. */
export type Target = {
  readonly tenant: string;
  readonly place: MailPlace;
  readonly query: string;
  readonly at: number;
  readonly ids: readonly string[];
  readonly isAll: boolean;
};
type Props = { readonly target: Target; readonly draft: FormAction /** "3 messages". */; readonly what: string };

const hiddenOf = ({ tenant, place, query, at, ids, isAll }: Target): Readonly<Record<string, string>> => ({
  _tenant: tenant,
  _place: place,
  _search: query,
  _at: String(at),
  _ids: isAll ? "" : ids.join(" "),
  _all: isAll ? "yes" : "",
});

function Window({
  label,
  title,
  isPrimary,
  children,
}: {
  readonly label: string;
  readonly title: string;
  readonly isPrimary: boolean;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={`button ${isPrimary ? "button-primary" : ""}`}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          dialog.current?.showModal();
        }}
      >
        {label}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={id}
        onClose={() => setOpen(false)}
        className="m-auto w-full max-w-lg rounded-box border border-hairline bg-elevated p-5 text-default shadow-lg backdrop:bg-black/50 sm:p-6"
      >
        <h2 id={id} className="mb-3">
          {title}
        </h2>
        {isOpen ? children : null}
        <form method="dialog" className="mt-3">
          <button type="submit" className="button">
            Cancel
          </button>
        </form>
      </dialog>
    </>
  );
}

const SHOWN_FIRST = "You see the list and confirm it on the next page. Nothing is done before that.";
const OUT_OF_SIGHT: readonly Folder[] = FOLDERS.filter((one) => one !== "Inbox");
const DESTINATION = {
  name: "destination",
  type: "choice",
  label: "Where to",
  options: OUT_OF_SIGHT.map((folder) => ({ value: folder, label: FOLDER_NAMES[folder], hint: BACK[folder] })),
} as const;
/** The one that everybody can take back, among those out of the way. */
const USUAL: Folder = "DeletedItems";

export function Retract({ target, draft, what, isPrimary = true }: Props & { readonly isPrimary?: boolean }) {
  return (
    <Window label="Retract…" title={`Retract: ${what}`} isPrimary={isPrimary}>
      <p className="mb-4">They are moved out of the mailboxes of all their recipients in your company. {SHOWN_FIRST}</p>
      <ActionForm action={draft} hidden={{ ...hiddenOf(target), kind: "retract" }} submit="Go on" busy="Putting the list together…">
        <Field field={DESTINATION} value={USUAL} />
      </ActionForm>
    </Window>
  );
}

export function PutBack({ target, draft, what }: Props) {
  return (
    <Window label="Put back…" title={`Put back: ${what}`} isPrimary={false}>
      <p className="mb-4">Moved to the Inbox of all recipients in your company. {SHOWN_FIRST}</p>
      <ActionForm
        action={draft}
        hidden={{ ...hiddenOf(target), kind: "retract", destination: "Inbox" }}
        submit="Go on"
        busy="Putting the list together…"
      />
    </Window>
  );
}

export function Release({ target, draft, what, isPrimary }: Props & { readonly isPrimary: boolean }) {
  return (
    <Window label="Release…" title={`Release: ${what}`} isPrimary={isPrimary}>
      <p className="mb-4">
        They leave the quarantine and are delivered to their recipients, as if they came from the original sender. That cannot be undone
        here, though you can retract them afterwards. {SHOWN_FIRST}
      </p>
      <ActionForm action={draft} hidden={{ ...hiddenOf(target), kind: "release" }} submit="Go on" busy="Putting the list together…" />
    </Window>
  );
}
