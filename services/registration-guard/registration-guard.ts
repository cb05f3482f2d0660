/** The part of Keycloak's Admin REST API that the guard needs, with paths after `/admin`; every method throws when Keycloak refuses. */
export interface RealmAdmin {
  get<Result>(path: string): Promise<Result>;
  put(path: string, body: object): Promise<void>;
  delete(path: string): Promise<void>;
}

/** How long a client that registered itself may go without being used, in milliseconds. */
export interface RegistrationLimits {
  /** Since it registered, while nobody has ever signed in with it. */
  readonly unusedMs: number;
  /** Since somebody's last session with it was seen. */
  readonly idleMs: number;
}

/** An hour for the first sign-in, and 30 days without any session. */
export const REGISTRATION_LIMITS: RegistrationLimits = { unusedMs: 3_600_000, idleMs: 30 * 86_400_000 };

/** Attributes of a client in which the guard keeps what it saw, as milliseconds since 1970. */
const REGISTERED = "alicerce.registered";
const USED = "alicerce.used";

interface Client {
  readonly id: string;
  readonly clientId: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Registered {
  readonly client: Client;
  readonly registered: number;
  readonly used: number | undefined;
}

const PAGE = 500;

/**
 * Removes from a realm the clients that registered themselves and are not used, so that registrations by strangers cannot fill it for good;
 * answers with their client ids. Clients that an administrator made are never touched: only those are considered of which the realm's events
 * (kind CLIENT_REGISTER) told that they registered themselves, now or in an earlier run.
 */
export async function guardRegistrations(
  admin: RealmAdmin,
  realm: string,
  {
    now = Date.now(),
    limits = REGISTRATION_LIMITS,
  }: { readonly now?: number; readonly limits?: RegistrationLimits } = {},
): Promise<readonly string[]> {
  const path = `/realms/${realm}`;
  const times = await registrationTimes(admin, path);
  const clients = await paged<Client>(admin, `${path}/clients?`);
  const active = new Set((await sessionsOf(admin, path)).map((it) => it.clientId));
  const removed: string[] = [];
  for (const client of clients) {
    const known = registeredBy(client, times);
    if (known === undefined) continue;
    if (active.has(client.clientId)) await mark(admin, path, { ...known, used: now });
    else if (!isUnused(known, now, limits)) await mark(admin, path, known);
    else if (await remove(admin, path, client)) removed.push(client.clientId);
  }
  return removed;
}

/** Whether a client without any session has been left alone for too long. */
export function isUnused(
  { registered, used }: Pick<Registered, "registered" | "used">,
  now: number,
  { unusedMs, idleMs }: RegistrationLimits,
): boolean {
  return used === undefined ? now - registered > unusedMs : now - used > idleMs;
}

function registeredBy(client: Client, times: ReadonlyMap<string, number>): Registered | undefined {
  const registered = numberIn(client, REGISTERED) ?? times.get(client.clientId);
  return registered === undefined ? undefined : { client, registered, used: numberIn(client, USED) };
}

function numberIn({ attributes }: Client, name: string): number | undefined {
  const value = attributes?.[name];
  return value === undefined ? undefined : Number(value);
}

/** Keeps what is known with the client itself, since events do not last; writes nothing that is there already, but for the time of use. */
async function mark(admin: RealmAdmin, path: string, { client, registered, used }: Registered): Promise<void> {
  const marks = { [REGISTERED]: String(registered), ...(used !== undefined && { [USED]: String(used) }) };
  if (Object.entries(marks).every(([name, value]) => client.attributes?.[name] === value)) return;
  await admin.put(`${path}/clients/${client.id}`, { ...client, attributes: { ...client.attributes, ...marks } });
}

/** Removes a client unless somebody has signed in with it a moment ago. */
async function remove(admin: RealmAdmin, path: string, { id, clientId }: Client): Promise<boolean> {
  if ((await sessionsOf(admin, path)).some((it) => it.clientId === clientId)) return false;
  await admin.delete(`${path}/clients/${id}`);
  return true;
}

/** The clients with which somebody has a session, online or offline. */
function sessionsOf(admin: RealmAdmin, path: string): Promise<readonly { readonly clientId: string }[]> {
  return admin.get(`${path}/client-session-stats`);
}

async function registrationTimes(admin: RealmAdmin, path: string): Promise<ReadonlyMap<string, number>> {
  const events = await paged<{ readonly clientId: string; readonly time: number }>(
    admin,
    `${path}/events?type=CLIENT_REGISTER&`,
  );
  return new Map(events.map((it) => [it.clientId, it.time]));
}

async function paged<Item>(admin: RealmAdmin, address: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const page = await admin.get<readonly Item[]>(`${address}first=${items.length}&max=${PAGE}`);
    items.push(...page);
    if (page.length < PAGE) return items;
  }
}
