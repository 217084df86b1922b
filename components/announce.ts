/** The page's one polite voice: a status region that PageFrame draws, and the one function that speaks through it. */

export const ANNOUNCER_ID = "announcer";

/** Says a sentence once to whoever cannot see the page change. Silent where the frame is not there. */
export function announce(sentence: string): void {
  const region = document.getElementById(ANNOUNCER_ID);
  if (region) region.textContent = sentence;
}
