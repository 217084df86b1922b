/** Before `npm run test:real`: one line that says what to install, instead of many tests that fail. */
import { whatIsMissing } from "./programs";

const missing = whatIsMissing();
if (missing !== undefined) {
  console.error(missing);
  process.exitCode = 1;
}
