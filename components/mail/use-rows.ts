"use client";
/** The rows of a search: those that came with the page, and page after page of the rest. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Problem } from "@/lib/base/result";
import type { MailRow } from "@/lib/usecases/views/mail";
import { useNow } from "../now";
import { type Answer, merged } from "./rows";

const OFFLINE: Problem = { code: "unreachable", say: "Cutover could not be reached.", fix: "Look at your connection, and go on." };
const once = () => 0;

async function ask(href: string): Promise<Answer> {
  const answer = await fetch(href, { headers: { accept: "application/json" } }).catch(() => null);
  return answer ? answer.json().catch(() => ({ problem: OFFLINE })) : { problem: OFFLINE };
}

type State = {
  readonly rows: readonly MailRow[];
  readonly next: string | null;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
};

/** `href`: of the search, without a cursor. */
export function useRows(first: Pick<State, "rows" | "next">, href: string) {
  const [state, setState] = useState<State>({ rows: first.rows, next: first.next, problem: null, isLoading: false });
  const { now } = useNow(once);
  const { next, problem } = state;
  const isAsking = useRef(false);
  const more = useCallback(async () => {
    if (isAsking.current || next === null) return;
    isAsking.current = true;
    setState((before) => ({ ...before, isLoading: true, problem: null }));
    const answer = await ask(`${href}&cursor=${encodeURIComponent(next)}`);
    isAsking.current = false;
    setState((before) =>
      answer.problem
        ? { ...before, isLoading: false, problem: answer.problem }
        : { rows: merged(before.rows, answer.rows), next: answer.next, problem: null, isLoading: false },
    );
  }, [href, next]);

  // Where the answer says when it makes sense, it is asked again then. The product's clock may be another than the browser's.
  const retryAt = problem?.retryAt;
  useEffect(() => {
    if (retryAt === undefined) return;
    const timer = setTimeout(() => void more(), Math.max(1_000, retryAt - now));
    return () => clearTimeout(timer);
  }, [retryAt, now, more]);
  return { ...state, more };
}
