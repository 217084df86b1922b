/** Binds a call's parameters to a cmdlet: known names, converted values, required ones present, addresses in a form that is taken. */
import { judgeAddress } from "./addresses";
import type { Cmdlet, Parameter } from "./contract";
import { ambiguousParameters, done, failed, invalid, missingParameters, type Outcome } from "./failure";
import { convert, isDelta, type Value } from "./values";

/** Values by the parameter's own spelling. */
export type Bound = Map<string, Value>;

export function bind(cmdlet: Cmdlet, raw: Record<string, unknown>): Outcome<Bound> {
  const unknown = Object.keys(raw).filter((name) => !cmdlet.parameters.has(name.toLowerCase()));
  if (unknown.length > 0) return failed(ambiguousParameters(unknown));
  const bound: Bound = new Map();
  for (const [name, value] of Object.entries(raw)) {
    const parameter = cmdlet.parameters.get(name.toLowerCase());
    if (!parameter) continue;
    if (bound.has(parameter.name)) return failed(ambiguousParameters([name]));
    const converted = convert(parameter, value);
    if (!converted.ok) return converted;
    const fault = addressFault(parameter, converted.value);
    if (fault) return failed(invalid(fault));
    bound.set(parameter.name, converted.value);
  }
  const missing = [...cmdlet.parameters.values()].filter((parameter) => parameter.required && isMissing(bound.get(parameter.name)));
  return missing.length > 0 ? failed(missingParameters(missing.map((parameter) => parameter.name))) : done(bound);
}

const isMissing = (value: Value | undefined) => value === undefined || value === null || value === "";

function addressFault(parameter: Parameter, value: Value): string | null {
  if (!parameter.cidrPrefix) return null;
  const entries = Array.isArray(value) ? value : isDelta(value) ? value.delta.add : [];
  const judged = entries.map((entry) => judgeAddress(entry, parameter));
  for (const one of judged) if ("fault" in one) return one.fault;
  // Documented for the connection filter's lists: one plain list holds one form, the Add form takes any (Set-HostedConnectionFilterPolicy).
  const forms = new Set(judged.map((one) => ("form" in one ? one.form : "")));
  const mixes = Array.isArray(value) && parameter.maxItems !== undefined && forms.size > 1;
  return mixes ? `${parameter.name}: different kinds of IP entries can't be used in one list. Use the Add form instead.` : null;
}
