/** The cmdlets and parameters that Exchange knows, read from the contract. Names are matched without regard to case, as the service does. */
import { z } from "zod";
import contractJson from "../contracts/exchange-cmdlets.json";

const parameterShape = z.object({
  type: z.string().nullable(),
  required: z.boolean(),
  values: z.array(z.unknown()).nullable(),
  flags: z.array(z.string()).optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  cidrPrefix: z.tuple([z.number(), z.number()]).optional(),
  rangesAllowed: z.boolean().optional(),
  rangeMaxAddresses: z.number().optional(),
  exclusive: z.array(z.array(z.number())).optional(),
});
const cmdletShape = z.object({ parameters: z.record(z.string(), parameterShape) });

export type Parameter = z.infer<typeof parameterShape> & { name: string; isList: boolean };
export type Cmdlet = { name: string; verb: string; noun: string; parameters: Map<string, Parameter> };

/** PowerShell's own common parameters, which no page lists. */
const common = ["WarningAction", "ErrorAction", "Verbose", "Debug"];

function cmdletFrom(name: string, raw: unknown): Cmdlet {
  const [verb = "", noun = ""] = name.split("-");
  const parameters = Object.entries(cmdletShape.parse(raw).parameters).map(([parameterName, spec]) => {
    const isList = (spec.flags?.includes("multivalued") ?? false) || (spec.type?.endsWith("[]") ?? false);
    return [parameterName.toLowerCase(), { ...spec, name: parameterName, isList }] as const;
  });
  for (const extra of common) parameters.push([extra.toLowerCase(), { ...plain, name: extra }]);
  return { name, verb, noun, parameters: new Map(parameters) };
}
const plain = { type: "String", required: false, values: null, isList: false };

const cmdlets = new Map(
  Object.entries(contractJson)
    .filter(([name]) => !name.startsWith("_"))
    .map(([name, raw]) => [name.toLowerCase(), cmdletFrom(name, raw)]),
);

export function cmdletNamed(name: string): Cmdlet | undefined {
  return cmdlets.get(name.toLowerCase());
}
