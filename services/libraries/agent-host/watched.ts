/** Which tasks somebody watches beside the caller who began them: those go on when that caller leaves. */
export class Watched {
  private readonly watchers = new Map<string, number>();

  /** Counts a watcher of one of the owner's tasks, and answers with what ends that, which counts once. */
  by(owner: string, taskId: string | undefined): () => void {
    if (taskId === undefined) return () => undefined;
    const key = keyOf(owner, taskId);
    this.watchers.set(key, (this.watchers.get(key) ?? 0) + 1);
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      const left = (this.watchers.get(key) ?? 1) - 1;
      if (left === 0) this.watchers.delete(key);
      else this.watchers.set(key, left);
    };
  }

  isWatched(owner: string, taskId: string): boolean {
    return this.watchers.has(keyOf(owner, taskId));
  }
}

function keyOf(owner: string, taskId: string): string {
  return JSON.stringify([owner, taskId]);
}
