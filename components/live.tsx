"use client";
/** Keeps a page fresh: listens to the server's events, asks now and then where those don't get through, and says what is new once. */
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
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

export function Live({ href, drawn }: Props) {
  const router = useRouter();
  const heard = useRef<Heard>(heardNothing);
  useEffect(() => {
    let ear: Ear | null = null;
    const hearing = (signal: Signal) => {
      const before = heard.current.key === null ? { key: drawn, said: new Set(signal.say) } : heard.current;
      const { say, isNew, heard: now } = hear(before, signal);
      heard.current = now;
      if (say) announce(say);
      if (isNew) router.refresh();
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
  }, [href, drawn, router]);
  return null;
}
