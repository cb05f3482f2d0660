const SCALE: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes, such as `250m` or `1Gi`, as a number; `undefined` for what is none (Kubernetes, "quantity"). */
export function quantityOf(raw: unknown): number | undefined {
  if (typeof raw === "number") return raw;
  const [, number = "", unit = ""] = typeof raw === "string" ? (/^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(raw) ?? []) : [];
  const scale = SCALE[unit];
  return number === "" || scale === undefined ? undefined : Number(number) * scale;
}
