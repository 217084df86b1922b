"use client";
/** A form around a server action. What was typed stays, whatever the answer; a refusal is said at the top and beside the fields. */
import {
  createContext,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { announce } from "./announce";
import { ErrorSummary, type Refused } from "./error-summary";

export type FormAnswer = { readonly ok: true; readonly href?: string; readonly say?: string } | ({ readonly ok: false } & Refused);
export type FormAction = (before: FormAnswer | null, form: FormData) => Promise<FormAnswer>;

const Errors = createContext<Readonly<Record<string, string>>>({});
/** The sentence beside a field; undefined when it is right. */
export const useFieldError = (name: string): string | undefined => useContext(Errors)[name];

type Props = {
  readonly action: FormAction;
  /** The act, a verb first: "Change 2 settings in Contoso". */
  readonly submit: ReactNode;
  /** While it runs: "Saving…". */
  readonly busy: string;
  readonly children?: ReactNode;
  readonly tone?: "primary" | "plain" | "danger";
  readonly isSmall?: boolean;
  readonly id?: string;
  readonly hidden?: Readonly<Record<string, string>>;
  /** The most a chosen file may have; a bigger one is refused before it is sent. */
  readonly maxBytes?: number;
  readonly className?: string;
};

const TONES = { primary: "button button-primary", plain: "button", danger: "button button-danger" } as const;

/** Next leaves a page by throwing; a lost connection also throws, and must not lose what was typed. */
const isOffline = (error: unknown) => error instanceof TypeError;
const OFFLINE: FormAnswer = {
  ok: false,
  problem: {
    code: "unreachable",
    say: "Cutover could not be reached.",
    fix: "Look at your connection and press the button again. What you entered is still here.",
  },
};

function tooBig(data: FormData, maxBytes: number): FormAnswer | null {
  const files = [...data.entries()].flatMap(([name, value]) =>
    value instanceof File && value.size > maxBytes ? [{ name, size: value.size }] : [],
  );
  const [file] = files;
  if (!file) return null;
  const say = `This file has ${Math.ceil(file.size / 1_000_000)} MB; what our script writes is far smaller than ${Math.ceil(maxBytes / 1_000_000)} MB.`;
  return {
    ok: false,
    problem: { code: "rejected", say, fix: "Choose the JSON file that the script has written." },
    fields: { [file.name]: "Choose a smaller file" },
  };
}

function useRefusal(answer: FormAnswer | null) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!answer) return;
    if (answer.ok) {
      if (answer.say) announce(answer.say);
      return;
    }
    const title = document.title;
    document.title = `Error: ${title.replace(/^Error: /, "")}`;
    summary.current?.focus();
    return () => {
      document.title = title.replace(/^Error: /, "");
    };
  }, [answer]);
  return summary;
}

export function ActionForm({
  action,
  submit,
  busy,
  children,
  tone = "primary",
  isSmall = false,
  id,
  hidden = {},
  maxBytes,
  className = "space-y-5",
}: Props) {
  const [local, setLocal] = useState<FormAnswer | null>(null);
  const [served, send, isPending] = useActionState<FormAnswer | null, FormData>(
    (before, data) => action(before, data).catch((error: unknown) => (isOffline(error) ? OFFLINE : Promise.reject(error))),
    null,
  );
  const answer = local ?? served;
  const summary = useRefusal(answer);

  // Not `action` alone: React empties a form after its action, and with it what somebody typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const data = new FormData(event.currentTarget, submitter);
    const refused = maxBytes === undefined ? null : tooBig(data, maxBytes);
    setLocal(refused);
    if (!refused) startTransition(() => send(data));
  }

  return (
    <form id={id} action={send} onSubmit={onSubmit} className={className} noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {answer && !answer.ok ? <ErrorSummary ref={summary} refused={answer} /> : null}
      <Errors value={answer && !answer.ok ? (answer.fields ?? {}) : {}}>{children}</Errors>
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" className={`${TONES[tone]} ${isSmall ? "button-small" : ""}`} aria-busy={isPending}>
          {isPending ? busy : submit}
        </button>
        {answer?.ok && answer.say && !isPending ? <p className="text-success">{answer.say}</p> : null}
      </div>
    </form>
  );
}
