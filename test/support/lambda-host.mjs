// What Lambda does with a function: imports it once, hands it one event after the other, and sends on what it answers.
const importedAt = performance.now();
const { handler } = await import(process.argv[2]);
process.send({ importMs: performance.now() - importedAt });
process.on("message", ({ event, context }) => {
  handler(event, context).then(
    (answer) => process.send({ answer }),
    (error) => process.send({ error: String(error) }),
  );
});
