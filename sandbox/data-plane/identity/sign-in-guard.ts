import { RateLimiterMemory } from "rate-limiter-flexible";
import type { PlannedRealm } from "./planned-realm.ts";
import { type Person, personOf } from "./people.ts";

/** Seconds after which Keycloak forgets wrong passwords, which the plan leaves at its default. */
const FORGET_SECONDS = 43_200;

/** Lets people of one realm sign in, but for a while nobody whose password was guessed too often, as Keycloak's brute-force guard does. */
export class SignInGuard {
  private readonly people: readonly Person[];
  private readonly wrong: RateLimiterMemory;
  private readonly most: number;

  constructor(people: readonly Person[], { wrongPasswords }: Pick<PlannedRealm, "wrongPasswords">) {
    const { most, waitSeconds } = wrongPasswords;
    this.people = people;
    this.most = most;
    this.wrong = new RateLimiterMemory({ points: most - 1, duration: FORGET_SECONDS, blockDuration: waitSeconds });
  }

  /** Who signs in; `undefined` for a wrong password, and for the right one while the guard refuses the name. */
  async signIn(username: string, password: string): Promise<Person | undefined> {
    const name = username.toLowerCase();
    const known = await this.wrong.get(name);
    if (known !== null && known.consumedPoints >= this.most) return undefined;
    const person = personOf(this.people, name, password);
    if (person !== undefined) await this.wrong.delete(name);
    else if (this.people.some((it) => it.username === name)) await this.wrong.consume(name).catch(() => undefined);
    return person;
  }
}
