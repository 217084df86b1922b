"use client";
/** A link of the head that knows whether it is where we are. */
import { usePathname } from "next/navigation";
import { Go } from "./go";

type Props = {
  readonly href: string;
  readonly label: string;
  readonly isExact?: boolean;
  /** Places beside it that belong to it. */
  readonly covers?: readonly string[];
};

export function NavLink({ href, label, isExact = false, covers = [] }: Props) {
  const path = usePathname();
  const isHere = path === href || (!isExact && [href, ...covers].some((place) => path === place || path.startsWith(`${place}/`)));
  return (
    <Go
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={`inline-flex min-h-10 items-center rounded-box px-3 hover:bg-tint ${isHere ? "bg-tint font-medium text-strong" : "text-default"}`}
    >
      {label}
    </Go>
  );
}
