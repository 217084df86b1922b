"use client";
/** The act on the button of a plan, counting what is still ticked: "Change 2 settings in Contoso". */
import { useEffect, useState } from "react";
import { actOf } from "./agree-words";

type Props = {
  readonly form: string;
  readonly total: number /** Whether the page has tick boxes; without them all is meant. */;
  readonly isTicked: boolean;
  readonly where: string;
};

export function AgreeLabel({ form, total, isTicked, where }: Props) {
  const [ticked, setTicked] = useState(total);
  useEffect(() => {
    const count = () =>
      setTicked(isTicked ? document.querySelectorAll(`input[name="chosen"][form="${CSS.escape(form)}"]:checked`).length : total);
    const onChange = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "chosen") count();
    };
    count();
    document.addEventListener("change", onChange);
    return () => document.removeEventListener("change", onChange);
  }, [form, isTicked, total]);
  return <span>{actOf(ticked, total, where)}</span>;
}
