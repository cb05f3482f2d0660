/** Something is missing that could not be brought; the message says what to do. */
export class BootstrapError extends Error {
  constructor(message) {
    super(message);
    this.name = "BootstrapError";
    this.code = "ERR_BOOTSTRAP";
  }
}
