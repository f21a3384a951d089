type Environment = Readonly<Record<string, string | undefined>>;

/** The variables by which secrets are handed to us. */
const secretVariables = ['SCIM_PILOT_TOKEN', 'NGROK_AUTHTOKEN'];

/** The environment for a process of ours that needs none of our secrets. */
export function withoutSecrets(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || secretVariables.includes(name.toUpperCase()) ? [] : [[name, value]],
    ),
  );
}
