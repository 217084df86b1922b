/** Database, worker and clouds, each told apart; 503 only when we ourselves can't work. */
import { cutover } from "@/lib/wiring";

export async function GET(): Promise<Response> {
  const health = await cutover().health();
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
