/** A function whose result is computed once for each object, such as a stack or a platform, and kept as long as that is. */
export function oncePer<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const computed = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    let it = computed.get(key);
    if (it === undefined) computed.set(key, (it = { value: compute(key) }));
    return it.value;
  };
}
