/** What the button of a plan says: the act and its size, and that leaving some out is meant. */

export function actOf(ticked: number, total: number, where: string): string {
  if (ticked === 0) return "Tick at least one change";
  const things = ticked === 1 ? "1 setting" : `${ticked} settings`;
  return ticked === total ? `Change ${things} in ${where}` : `Change only ${things} of ${total} in ${where}`;
}
