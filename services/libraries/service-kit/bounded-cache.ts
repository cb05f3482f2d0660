/** Remembers at most `capacity` values, each until its time; the one unused for longest goes first. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, { readonly value: Value; readonly until: number }>();
  private readonly capacity: number;
  private readonly now: () => number;

  constructor(capacity: number, now: () => number = Date.now) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new TypeError(`capacity ${capacity} must be a whole number above 0`);
    this.capacity = capacity;
    this.now = now;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.until <= this.now()) return undefined;
    this.entries.set(key, entry);
    return entry.value;
  }

  /** Keeps `value` for `milliseconds`; for nothing or less, not at all. */
  set(key: string, value: Value, milliseconds: number): void {
    this.entries.delete(key);
    if (!(milliseconds > 0)) return;
    this.entries.set(key, { value, until: this.now() + milliseconds });
    if (this.entries.size <= this.capacity) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
