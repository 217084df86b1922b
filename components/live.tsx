"use client";
/** Keeps a page fresh: listens to the server's events, asks now and then where those don't get through, and says what is new once. */
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { announce } from "./announce";
import { type Heard, hear, heardNothing, pollMs, type Signal } from "./live-words";

type Props = {
  /** The address of the events; with `?once=1` it answers one signal as JSON. */
  readonly href: string;
  /** The key of what the server has drawn, so that a change between drawing and listening is not missed. */
  readonly drawn: string;
};

type Ear = { readonly stop: () => void };

async function askOnce(href: string): Promise<Signal | null> {
  const answer = await fetch(`${href}?once=1`, { headers: { accept: "application/json" } }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function poll(href: string, hearing: (signal: Signal) => void): Ear {
  const since = Date.now();
  let timer: ReturnType<typeof setTimeout>;
  const again = () => {
    timer = setTimeout(
      async () => {
        const signal = await askOnce(href);
        if (signal) hearing(signal);
        if (!signal?.isSettled) again();
      },
      pollMs(Date.now() - since),
    );
  };
  again();
  return { stop: () => clearTimeout(timer) };
}

/** A stream that never opened is a proxy that holds events back: from then on we ask. One that opened and broke reconnects by itself. */
function listen(href: string, hearing: (signal: Signal) => void): Ear {
  const source = new EventSource(href);
  let fallback: Ear | null = null;
  source.onmessage = (event: MessageEvent<string>) => {
    const signal: Signal = JSON.parse(event.data);
    if (signal.isSettled) source.close();
    hearing(signal);
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) fallback ??= poll(href, hearing);
  };
  return {
    stop: () => {
      source.close();
      fallback?.stop();
    },
  };
}

/** One drawing after the other: whoever begins anew with every change is never finished while changes come fast. */
function useDrawing(): () => void {
  const router = useRouter();
  const [isDrawing, draw] = useTransition();
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    if (!isOld || isDrawing) return;
    setOld(false);
    draw(() => router.refresh());
  }, [isOld, isDrawing, router]);
  return useCallback(() => setOld(true), []);
}

export function Live({ href, drawn }: Props) {
  const drawAgain = useDrawing();
  const heard = useRef<Heard>(heardNothing);
  /** What is drawn anew goes on listening. */
  const shown = useRef(drawn);
  shown.current = drawn;
  useEffect(() => {
    let ear: Ear | null = null;
    const hearing = (signal: Signal) => {
      const before = heard.current.key === null ? { key: shown.current, said: new Set(signal.say) } : heard.current;
      const { say, isNew, heard: now } = hear(before, signal);
      heard.current = now;
      if (say) announce(say);
      if (isNew) drawAgain();
    };
    // A hidden page holds no connection: browsers allow six to a server.
    const attend = () => {
      ear?.stop();
      ear = document.visibilityState === "visible" ? listen(href, hearing) : null;
    };
    attend();
    document.addEventListener("visibilitychange", attend);
    return () => {
      document.removeEventListener("visibilitychange", attend);
      ear?.stop();
    };
  }, [href, drawAgain]);
  return null;
}
