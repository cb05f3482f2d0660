import * as z from "zod";

/** Reads secrets and parameters from AWS's Parameters and Secrets extension, a cache that runs beside the function. */
export interface Extension {
  readonly secret: (name: string) => Promise<string>;
  /** Undefined if there is no such parameter. */
  readonly parameter: (name: string) => Promise<string | undefined>;
}

const secretAnswer = z.object({ SecretString: z.string() });
const parameterAnswer = z.object({ Parameter: z.object({ Value: z.string() }) });
const TIMEOUT_MS = 1_000;

/** The extension, which only answers to who holds the function's own session token. */
export function extension(sessionToken: string, url = "http://localhost:2773"): Extension {
  const ask = (path: string, name: readonly [string, string]): Promise<Response> =>
    fetch(`${url}${path}?${new URLSearchParams([[...name]]).toString()}`, {
      headers: { "X-Aws-Parameters-Secrets-Token": sessionToken },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });

  return {
    secret: async (name) => {
      const response = await ask("/secretsmanager/get", ["secretId", name]);
      if (!response.ok) throw new Error(`secret "${name}": status ${response.status}`);
      return secretAnswer.parse(await response.json()).SecretString;
    },
    parameter: async (name) => {
      const response = await ask("/systemsmanager/parameters/get", ["name", name]);
      if (response.ok) return parameterAnswer.parse(await response.json()).Parameter.Value;
      // The extension passes on the error of the service, by name, with status 400.
      if (response.status === 400 && (await response.text()).includes("ParameterNotFound")) return undefined;
      throw new Error(`parameter "${name}": status ${response.status}`);
    },
  };
}
