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
import type { ListResult } from "@/lib/model/people-list";
import { announce } from "./announce";
import { ErrorSummary, type Refused } from "./error-summary";

export type FormAnswer =
  | { readonly ok: true; readonly href?: string; readonly say?: string /** Of a list that was looked at. */; readonly list?: ListResult }
  | ({ readonly ok: false } & Refused);
export type FormAction = (before: FormAnswer | null, form: FormData) => Promise<FormAnswer>;

const Errors = createContext<Readonly<Record<string, string>>>({});
/** The sentence beside a field; undefined when it is right. */
export const useFieldError = (name: string): string | undefined => useContext(Errors)[name];

const Answer = createContext<FormAnswer | null>(null);
/** What the form's last act came to, for what is shown inside of it; null before the first, and while one runs. */
export const useAnswer = (): FormAnswer | null => useContext(Answer);

/** What a file that is too big is told. */
export type TooBig = { readonly thing: string; readonly fix: string };
const OF_A_SCRIPT: TooBig = {
  thing: "what our script writes is far smaller than",
  fix: "Choose the JSON file that the script has written.",
};

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
  /** The most that a chosen file, or what is pasted, may have; more is refused before it is sent. */
  readonly maxBytes?: number;
  readonly tooBig?: TooBig;
  /** What is shown after the button, such as what the act came to. */
  readonly after?: ReactNode;
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

function tooMuch(data: FormData, maxBytes: number, { thing, fix }: TooBig): FormAnswer | null {
  const sizes = [...data.entries()].map(([name, value]) =>
    value instanceof File ? { name, size: value.size, what: "file" } : { name, size: new Blob([value]).size, what: "text" },
  );
  const big = sizes.find(({ name, size }) => size > maxBytes && !name.startsWith("_"));
  if (!big) return null;
  const say = `This ${big.what} has ${Math.ceil(big.size / 1_000_000)} MB; ${thing} ${Math.ceil(maxBytes / 1_000_000)} MB.`;
  return {
    ok: false,
    problem: { code: "rejected", say, fix },
    fields: { [big.name]: `Choose a smaller ${big.what}` },
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
  tooBig = OF_A_SCRIPT,
  after,
  className = "space-y-5",
}: Props) {
  const [local, setLocal] = useState<FormAnswer | null>(null);
  const [served, send, isPending] = useActionState<FormAnswer | null, FormData>(
    // Not with the answer before: an action needs none, and a list that was looked at would be sent back once more.
    (_before, data) => action(null, data).catch((error: unknown) => (isOffline(error) ? OFFLINE : Promise.reject(error))),
    null,
  );
  // Before the page's scripts are there, and without them, the browser sends the form itself, and the answer comes with the page.
  const [posted, post] = useActionState<FormAnswer | null, FormData>(action, null);
  const answer = local ?? served ?? posted;
  const summary = useRefusal(answer);

  // Not `action` alone: React empties a form after its action, and with it what somebody typed.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const data = new FormData(event.currentTarget, submitter);
    const refused = maxBytes === undefined ? null : tooMuch(data, maxBytes, tooBig);
    setLocal(refused);
    if (!refused) startTransition(() => send(data));
  }

  return (
    <form id={id} action={post} onSubmit={onSubmit} className={className} noValidate>
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
      {after === undefined ? null : <Answer value={isPending ? null : answer}>{after}</Answer>}
    </form>
  );
}
