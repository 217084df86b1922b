/** Mail trace: every message that the vendor looked at, searched by an address that can be kept and shared. */
import { type Raw, Searching } from "./searching";

export const metadata = { title: "Mail trace" };

type Props = { readonly params: Promise<{ tenant: string }>; readonly searchParams: Promise<Raw> };

export default async function MailTrace({ params, searchParams }: Props) {
  const [{ tenant }, raw] = await Promise.all([params, searchParams]);
  return <Searching tenant={tenant} raw={raw} place="trace" />;
}
