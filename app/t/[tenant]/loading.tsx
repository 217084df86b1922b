/** While a tenant's page is made. */
import { PageSkeleton } from "@/components/skeletons";

export default function Loading() {
  return <PageSkeleton />;
}
