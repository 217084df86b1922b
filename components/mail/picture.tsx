"use client";
/** The message as a picture that the vendor drew: nothing in it can be followed, fetched or run. */
import { useEffect, useRef, useState } from "react";
import type { Problem } from "@/lib/base/result";
import { ProblemBox } from "../problem-box";

const NO_PICTURE: Problem = {
  code: "unreadable",
  say: "The picture could not be shown.",
  fix: "Load the page again, or download the message.",
};

/** An image says nothing of why it failed; the same address does. */
async function whyNot(href: string): Promise<Problem> {
  const answer = await fetch(href).catch(() => null);
  if (!answer || answer.ok) return NO_PICTURE;
  const { problem }: { problem?: Problem } = await answer.json().catch(() => ({}));
  return problem ?? NO_PICTURE;
}

export function Picture({ href }: { readonly href: string }) {
  const image = useRef<HTMLImageElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fail = () => void whyNot(href).then(setProblem);
  // It may have failed before the scripts were there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) fail();
  }, []);
  if (problem?.code === "gone")
    return <p className="card px-5 py-4 text-subtle">There is no picture of this message. The vendor draws one of detections only.</p>;
  if (problem) return <ProblemBox problem={problem} />;
  return (
    <figure className="card overflow-hidden">
      {/* biome-ignore lint/performance/noImgElement: Next's own would keep a copy of somebody's mail */}
      <img
        ref={image}
        src={href}
        alt="The message as the vendor drew it"
        className="max-h-[40rem] min-h-24 max-w-full bg-white object-contain object-left-top"
        onError={fail}
        referrerPolicy="no-referrer"
      />
      <figcaption className="border-hairline border-t px-5 py-2 text-sm text-subtle">
        A picture: its links cannot be followed, and nothing of it was fetched.{" "}
        <a href={href} target="_blank" rel="noreferrer">
          Open it at full size
        </a>
      </figcaption>
    </figure>
  );
}
