/** Thrown for a document that cannot be read, or not in one way only; whoever judges by it must not hold. */
export class UnreadableDocument extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableDocument";
  }
}
