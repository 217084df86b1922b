/** Every way in which a cmdlet fails, in the service's own words (types and texts as measured or told; see the facts on the admin API). */
export type Failure = {
  status: number;
  type: string;
  text: string;
  /** `bare`: no `details`, warnings beside `error` (measured for values that don't convert); `classic`: as measured for unknown parameters. */
  shape: "bare" | "classic" | "any";
  /** First segment of `details[].message`; the validation family has none. */
  errorId: string;
  /** Seconds, for a throttled call. */
  retryAfter?: number;
};

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

const invocation = "Microsoft.Exchange.AdminApi.CommandInvocation";

export function ambiguousParameters(names: string[]): Failure {
  const text = `Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. ${names.join(", ")}`;
  return { status: 400, type: `${invocation}.AmbiguousParameterSetException`, text, shape: "classic", errorId: "Ex6F9304" };
}

export function missingParameters(names: string[]): Failure {
  const text = `Parameter set cannot be resolved using the specified named parameters. Missing mandatory parameters: ${names.join(", ")}`;
  return { status: 400, type: `${invocation}.AmbiguousParameterSetException`, text, shape: "classic", errorId: "Ex6F9304" };
}

/** `reason` follows "Cannot convert value". */
export function cannotTransform(parameter: string, reason: string): Failure {
  const text = `Cannot process argument transformation on parameter '${parameter}'. Cannot convert value ${reason}`;
  return { status: 400, type: `${invocation}.ParameterTransformationException`, text, shape: "bare", errorId: "" };
}

export function notAnEnumerator(parameter: string, type: string, value: string, names: string[]): Failure {
  return cannotTransform(
    parameter,
    `"${value}" to type "${type}". Error: "Unable to match the identifier name ${value} to a valid enumerator name. Specify one of the following enumerator names and try again: ${names.join(", ")}"`,
  );
}

export function invalid(text: string): Failure {
  return { status: 400, type: "Microsoft.Exchange.Management.Tasks.ValidationException", text, shape: "any", errorId: "" };
}

export function notFound(identity: string): Failure {
  return {
    status: 404,
    type: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
    text: `The operation couldn't be performed because object '${identity}' couldn't be found on 'SANDBOX01A001DC01.EURPR01A001.PROD.OUTLOOK.COM'.`,
    shape: "any",
    errorId: "Ex6F9305",
  };
}

export function alreadyExists(distinguishedName: string): Failure {
  return {
    status: 400,
    type: "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
    text: `The object '${distinguishedName}' already exists.`,
    shape: "any",
    errorId: "Ex41BAF6",
  };
}

export function dehydrated(): Failure {
  return {
    status: 400,
    type: "Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException",
    text: "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.",
    shape: "any",
    errorId: "ExB3A1C2",
  };
}

export function alreadyCustomized(): Failure {
  return {
    status: 400,
    type: "System.InvalidOperationException",
    text: "This operation is not required. Organization is already enabled for customization.",
    shape: "any",
    errorId: "ExC0D1E2",
  };
}

export function expiredPage(): Failure {
  return invalid("Expired or Invalid pagination request. Default Expiry time is 00:30:00");
}

const tasks = "Microsoft.Exchange.Management.Tasks";

export function memberAlreadyExists(name: string): Failure {
  const text = `The recipient "${name}" is already a member of the group.`;
  return { status: 400, type: `${tasks}.MemberAlreadyExistsException`, text, shape: "any", errorId: "Ex41BAF7" };
}

/** The text is told, the exception's name is a guess. */
export function notAMember(name: string): Failure {
  const text = `The recipient "${name}" isn't a member of the group.`;
  return { status: 400, type: `${tasks}.MemberNotFoundException`, text, shape: "any", errorId: "Ex41BAF8" };
}

/** An application manages no group: without BypassSecurityGroupManagerCheck it changes none. */
export function notItsManager(): Failure {
  return {
    status: 400,
    type: "Microsoft.Exchange.Configuration.Tasks.OperationRequiresGroupManagerException",
    text: "You don't have sufficient permissions. This operation can only be performed by a manager of the group.",
    shape: "any",
    errorId: "Ex41BAF9",
  };
}

/** The text is attested by many, the exception's name is a guess. */
export function keptOnPremises(cmdlet: string, name: string): Failure {
  return {
    status: 400,
    type: "Microsoft.Exchange.Configuration.Tasks.TaskInvalidOperationException",
    text: `The operation on "${name}" failed because it's out of the current user's write scope. The action '${cmdlet}' can't be performed on the object '${name}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.`,
    shape: "any",
    errorId: "Ex41BAFA",
  };
}

export function proxyAddressExists(address: string, owner: string): Failure {
  return {
    status: 400,
    type: "Microsoft.Exchange.Data.Directory.Recipient.ProxyAddressExistsException",
    text: `The proxy address "SMTP:${address}" is already being used by the proxy addresses or LegacyExchangeDN of "${owner}". Please choose another proxy address.`,
    shape: "any",
    errorId: "Ex41BAFB",
  };
}

export function notAcceptedDomain(domain: string): Failure {
  return {
    status: 400,
    type: `${tasks}.NotAcceptedDomainException`,
    text: `You can't use the domain "${domain}" because it's not an accepted domain for your organization.`,
    shape: "any",
    errorId: "Ex41BAFC",
  };
}
