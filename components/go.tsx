/** A link inside the product. Nothing is fetched before it is followed: a page of links must not cost a read wave each. */
import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  readonly href: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly "aria-current"?: "page" | "step" | "true" | undefined;
  readonly scroll?: boolean;
  readonly tabIndex?: number;
};

export function Go({ className = "link", ...rest }: Props) {
  return <Link prefetch={false} className={className} {...rest} />;
}
