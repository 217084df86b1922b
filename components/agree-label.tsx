"use client";
/** The act on the button of a plan, counting what is still ticked: "Change 2 settings in Contoso". */
import { useEffect, useState } from "react";
import { actOf } from "./agree-words";

export function AgreeLabel({ form, total, where }: { readonly form: string; readonly total: number; readonly where: string }) {
  const [ticked, setTicked] = useState(total);
  useEffect(() => {
    const count = () => setTicked(document.querySelectorAll(`input[name="chosen"][form="${CSS.escape(form)}"]:checked`).length);
    const onChange = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "chosen") count();
    };
    count();
    document.addEventListener("change", onChange);
    return () => document.removeEventListener("change", onChange);
  }, [form]);
  return <span>{actOf(ticked, total, where)}</span>;
}
