import { Problem } from "../service-kit/problem.ts";

/** Places for calls that run at the same time: so many for everybody, so many for one. */
export class Places {
  private readonly most: number;
  private readonly mostOfOne: number;
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(most: number, mostOfOne: number) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Takes a place for `owner`, and answers with what gives it back, which counts once; throws `Problem` where none is free. */
  take(owner: string): () => void {
    const own = this.taken.get(owner) ?? 0;
    if (this.all >= this.most || own >= this.mostOfOne) {
      const reason = this.all >= this.most ? "every place is taken" : "the caller has taken all of its places";
      throw new Problem("ERR_AGENT_BUSY", reason, "too many calls at the same time; try again later");
    }
    this.all++;
    this.taken.set(owner, own + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.all--;
      const left = (this.taken.get(owner) ?? 1) - 1;
      if (left === 0) this.taken.delete(owner);
      else this.taken.set(owner, left);
    };
  }
}
