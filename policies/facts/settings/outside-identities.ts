import { isRecord, recordIn } from "../../../contracts/json.ts";
import { signInProvidersOf } from "../../../environments/callers/sign-in-providers.ts";
import type { StackIndex } from "../../engine/stack-index.ts";
import { clientsOf } from "../identity/named-clients.ts";
import { byOutput, refersTo } from "../reference.ts";
import { TYPE } from "../resource-types.ts";
import { inputOfSettings } from "../workloads.ts";
import { isObjectText } from "./object-text.ts";
import type { Check } from "./settings.ts";

/** The providers of the tenant's data, by name; none in a stack of another layer. */
const providersOf = ({ address }: StackIndex): ReturnType<typeof signInProvidersOf> =>
  signInProvidersOf(address.layer === "tenant" ? address.tenant.signInProviders : undefined);

/** The page offers the providers of the tenant's data. */
export const areProviders: Check = (text, _, stack) => text === JSON.stringify(Object.keys(providersOf(stack)));

/** Each client of a partner is that of the stack which bears the partner's name, with what the data says of her. */
export const arePartners: Check = (text, of, stack) => {
  const { address } = stack;
  const data = address.layer === "tenant" ? (address.tenant.partners ?? {}) : {};
  const told = Object.entries(recordIn(text));
  const isOfData = ([clientId, it]: [string, unknown]): boolean => {
    const { id, ...rest } = isRecord(it) ? it : {};
    if (typeof id !== "string" || JSON.stringify(rest) !== JSON.stringify(data[id])) return false;
    return clientsOf(clientId, of, stack).some((client) => client.text("name") === `partner-${id}`);
  };
  return isObjectText(text) && told.length === Object.keys(data).length && told.every(isOfData);
};

/** The pool is told of each provider what the data says of it, and of a secret of the stack. */
export const areToldProviders: Check = (text, of, stack) => {
  const [told, data] = [recordIn(text), providersOf(stack)];
  const isOfData = ([name, it]: [string, unknown]): boolean => {
    const { secretArn, ...rest } = isRecord(it) ? it : {};
    if (typeof secretArn !== "string" || JSON.stringify(rest) !== JSON.stringify(data[name])) return false;
    const secret = { of, input: inputOfSettings(of), read: () => secretArn };
    return refersTo(secret, byOutput(TYPE.secret, "arn"), stack);
  };
  return (
    isObjectText(text) && Object.keys(told).join() === Object.keys(data).join() && Object.entries(told).every(isOfData)
  );
};
