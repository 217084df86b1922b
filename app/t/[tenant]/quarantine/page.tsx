/** The quarantine: what the vendor holds back, to be looked at, kept as a file, or released. */
import { type Raw, Searching } from "../mail/searching";

export const metadata = { title: "Quarantine" };

type Props = { readonly params: Promise<{ tenant: string }>; readonly searchParams: Promise<Raw> };

export default async function Quarantine({ params, searchParams }: Props) {
  const [{ tenant }, raw] = await Promise.all([params, searchParams]);
  return <Searching tenant={tenant} raw={raw} place="quarantine" />;
}
